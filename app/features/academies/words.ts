import { defineWords } from '#app/lib/i18n.ts'

/** What the imports of academies and brands say. */
export const words = defineWords(
  {
    codeForm: (code: string) => `“${code}”不是学院代码，应为1至32个字母、数字、“-”或“_”，以字母或数字开头`,
    cityUnknown: (code: string) => `没有代码为“${code}”的城市，应为六位行政区划代码，例如440300`,
    unionMade: (name: string) =>
      `原先没有名为“${name}”的工会，已按省级产业工会登记；若是写法不同，请改为全称后重新导入`,
    notProvincial: (years: string) => `已取消省级认定（${years}），因为本行认定年份为空`,
    nameTwice: (code: string) => `代码为“${code}”的学院也叫这个名称，请核对代码是否写错`,
    academyUnknown: (code: string) => `没有代码为“${code}”的学院，请先导入学院`,
    occupationForm: (code: string) => `“${code}”不是职业编码，应写成6-18-02-04的样子，几个之间用“;”隔开`,
    occupationUnknown: (code: string) => `没有编码为“${code}”的职业，请先用 occupations:import 导入`,
    years: (from: number, until: number | null) => (until === null ? `${from}年起` : `${from}—${until}年`),
  },
  {
    codeForm: (code) =>
      `“${code}” is not an academy code: 1 to 32 letters, digits, “-” or “_”, beginning with a letter or digit`,
    cityUnknown: (code) => `there is no city with the code “${code}”: write its six-digit division code, like 440300`,
    unionMade: (name) =>
      `there was no union named “${name}”: it was made as an industrial union; if it is known under another name, write that and import again`,
    notProvincial: (years) =>
      `the designation as a provincial academy (${years}) was taken back, since the row gives no years`,
    nameTwice: (code) => `the academy “${code}” has this name too: check whether the code is mistyped`,
    academyUnknown: (code) => `there is no academy with the code “${code}”: import the academies first`,
    occupationForm: (code) =>
      `“${code}” is not an occupation code: write it like 6-18-02-04, several with “;” between them`,
    occupationUnknown: (code) => `there is no occupation “${code}”: add it with occupations:import first`,
    years: (from, until) => (until === null ? `from ${from}` : `${from} to ${until}`),
  },
)
