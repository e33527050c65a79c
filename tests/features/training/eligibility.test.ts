import { expect, test } from 'vitest'
import {
  type Eligibility,
  ineligibleBecause,
  undeclared,
  type WorkerFacts,
} from '#app/features/training/eligibility.ts'

const everybody: Eligibility = {
  eligibleCategories: null,
  eligibleLevel: null,
  eligibleYears: null,
  eligibleEmployers: null,
  isForMembers: false,
}
const unknown: WorkerFacts = {
  category: null,
  employer: null,
  declaredLevel: null,
  heldLevel: null,
  yearsOfWork: null,
  isUnionMember: null,
}

test('a class without rules asks nothing and takes everybody', () => {
  expect(undeclared(everybody, unknown)).toEqual([])
  expect(ineligibleBecause(everybody, unknown)).toBeNull()
})

test('what a class asks for and nobody has said is asked, in the order of the form', () => {
  const strict: Eligibility = {
    eligibleCategories: ['employed'],
    eligibleLevel: 'l5',
    eligibleYears: 3,
    eligibleEmployers: ['示例船厂'],
    isForMembers: true,
  }
  expect(undeclared(strict, unknown)).toEqual(['category', 'employer', 'level', 'years', 'member'])
})

test('a level is held from the one asked for upwards; none is below every level', () => {
  const of = { ...everybody, eligibleLevel: 'l4' } as const
  for (const level of ['l4', 'l3', 'l1'] as const)
    expect(ineligibleBecause(of, { ...unknown, declaredLevel: level })).toBeNull()
  for (const level of ['none', 'apprentice', 'l5'] as const)
    expect(ineligibleBecause(of, { ...unknown, declaredLevel: level })).toBe('level')
})

test('a certificate that the system has answers for the worker: nobody has to declare what is known', () => {
  const of = { ...everybody, eligibleLevel: 'l4' } as const
  const certified = { ...unknown, heldLevel: 'l3' } as const
  expect(undeclared(of, certified)).toEqual([])
  expect(ineligibleBecause(of, { ...certified, declaredLevel: 'none' })).toBeNull()
  expect(undeclared(of, { ...unknown, heldLevel: 'l5' })).toEqual(['level'])
})

test('years count from the one asked for, whole', () => {
  const of = { ...everybody, eligibleYears: 2 }
  expect(ineligibleBecause(of, { ...unknown, yearsOfWork: 2 })).toBeNull()
  expect(ineligibleBecause(of, { ...unknown, yearsOfWork: 1 })).toBe('years')
})

test('an employer is the same however its brackets and spaces are typed, and no other', () => {
  const of = { ...everybody, eligibleEmployers: ['示例船舶（广州）有限公司'] }
  expect(ineligibleBecause(of, { ...unknown, employer: '示例船舶(广州) 有限公司' })).toBeNull()
  expect(ineligibleBecause(of, { ...unknown, employer: '示例船舶有限公司' })).toBe('employer')
})

test('who is no member is refused by that rule alone, and the first rule in the way is named', () => {
  const of: Eligibility = { ...everybody, isForMembers: true, eligibleCategories: ['employed'] }
  expect(ineligibleBecause(of, { ...unknown, category: 'employed', isUnionMember: false })).toBe('member')
  expect(ineligibleBecause(of, { ...unknown, category: 'student', isUnionMember: false })).toBe('category')
})
