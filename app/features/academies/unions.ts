import { CITY_ENDING, PROVINCE_ENDING, UNION_ENDING } from './vocabulary.ts'

type NamedUnion = { id: string; name: string; kind: string }

/**
 * The union that a name in a table means: the name itself, or a common short form of the province's or a city's union
 * (省总工会, 深圳总工会, 广东省深圳市总工会). Null: no known one.
 */
export function unionNamed<U extends NamedUnion>(written: string, unions: readonly U[]): U | null {
  const exact = unions.find((union) => union.name === written)
  if (exact) return exact
  const provincial = unions.find((union) => union.kind === 'provincial_union')
  if (provincial && written === PROVINCE_ENDING + UNION_ENDING) return provincial
  const province = provincial?.name.slice(0, -UNION_ENDING.length) ?? ''
  const local = province && written.startsWith(province) ? written.slice(province.length) : written
  const isOfCity = (union: U) =>
    union.kind === 'city_union' &&
    (union.name === local || union.name.replace(CITY_ENDING + UNION_ENDING, UNION_ENDING) === local)
  return unions.find(isOfCity) ?? null
}
