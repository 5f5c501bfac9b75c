import { AxiosError, type AxiosInstance, type AxiosResponse, isAxiosError } from 'axios';
import { codeOf } from '../../errors.ts';
import { FailureCode } from './network-failure.ts';

/** Unpacks the bodies of answers. The size limit counts for what is unpacked. */
export function unpackAnswers(client: AxiosInstance): void {
  client.interceptors.response.use(
    async (response) => {
      await unpack(response);
      return response;
    },
    async (error: unknown) => {
      if (isAxiosError(error) && error.response) await unpack(error.response);
      throw error;
    },
  );
}

/** Unpacks a body. For one that is cut short it raises what a broken connection raises. */
async function unpack(response: AxiosResponse<unknown>): Promise<void> {
  const { data, headers, config } = response;
  const encoding = String(headers['content-encoding'] ?? 'identity').toLowerCase();
  if (!Buffer.isBuffer(data) || data.length === 0 || encoding === 'identity') return;
  const { unpacked } = await import('./unpacked.ts');
  try {
    response.data = await unpacked(data, encoding, config.maxContentLength);
  } catch (error) {
    const code = isTooLarge(error) ? FailureCode.tooLarge : FailureCode.broken;
    throw new AxiosError(String(error), code, config, response.request);
  }
}

function isTooLarge(error: unknown): boolean {
  return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
}
