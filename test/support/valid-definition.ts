/** How a validation by the service ends that finds nothing. */
export const validDefinition = {
  exitCode: 0,
  stdout: '',
  stderr: 'Swagger certification succeeded.\napiDefinition.swagger.json validated successfully.\n',
};
