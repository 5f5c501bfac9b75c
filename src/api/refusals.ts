import { ApiError } from '../errors.ts';

/**
 * Whether the service does not delete a connector because connections use it; the code is the one in issues 6802 and 7191 of
 * microsoft/coe-starter-kit.
 */
export function isInUse(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === 'CannotDeleteApiDueToExistingConnections';
}

/** Whether the service reports an unknown connector. Any other 404 may come from a gateway in between. */
export function isUnknown(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 404 && error.code === 'ApiResourceNotFound';
}

/** Whether a service does not do this at all, or not for this user; asking another one may help. */
export function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && [400, 403, 404, 405].includes(error.status);
}

/** A list that is empty where the service refuses. */
export async function refusedAsNone<T>(listing: Promise<T[]>): Promise<T[]> {
  try {
    return await listing;
  } catch (error) {
    if (isRefusal(error)) return [];
    throw error;
  }
}
