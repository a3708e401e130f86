export function bundle(entry: string, name: string, folder?: string): Promise<string>
