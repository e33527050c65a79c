/** The public page of a class. */
export const classPath = (academyCode: string, classId: string) => `/academies/${academyCode}/classes/${classId}`
