export const complianceReport = async (_argv: string[]): Promise<number> => 2
