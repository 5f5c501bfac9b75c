import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { oAuthProperties } from '../support/oauth-properties.ts';
import { Workspace } from '../support/workspace.ts';

/** As scripts of the Python tool look for its sentences: a whole line for a result, a part of a line for an error. */
const script = String.raw`
run() { "$@" > log 2>&1; }
line() { grep -Eqx "$1" log || { echo "no line: $1"; cat log; }; }
part() { grep -Fq "$1" log || { echo "no part: $1"; cat log; }; }

run paconn login -s cloud.json;                    line 'Login successful\.'
run paconn login;                                  line 'Login successful\.'
run paconn download -e "$ENVIRONMENT" -c "$CONNECTOR" -d out
line "The connector is downloaded to $PWD/out\."
run paconn create -e "$ENVIRONMENT" --api-prop out/apiProperties.json --api-def out/apiDefinition.swagger.json
line 'shared_[^ ]+ created successfully\.'
run paconn update -s settings.json;                line 'shared_[^ ]+ updated successfully\.'
run paconn update -e "$ENVIRONMENT" -c "$CONNECTOR" --api-prop out/apiProperties.json --api-def out/apiDefinition.swagger.json --icon out/icon.png
line "$CONNECTOR updated successfully\."
run paconn validate --api-def out/apiDefinition.swagger.json
line 'out/apiDefinition\.swagger\.json validated successfully\.'
run paconn validate --api-def none.json;           part 'File does not exist: none.json'
mkdir empty; cd empty
run paconn update -e "$ENVIRONMENT" -c "$CONNECTOR" --api-prop ../out/apiProperties.json
part 'API Definition must be specified.'
run paconn update -e "$ENVIRONMENT" -c "$CONNECTOR" --api-def ../out/apiDefinition.swagger.json
part 'API Properties must be specified.'
run paconn create -e "$ENVIRONMENT" --api-prop ../oauth.json --api-def ../out/apiDefinition.swagger.json
part 'Please provide OAuth2 client secret using the --secret argument.'
cd ..
run paconn logout;                                 line 'Logout successful\.'
run paconn update -s settings.json;                part 'Access token invalid. Please login again.'
`;

test.runIf(process.platform !== 'win32')('scripts find the sentences of the Python tool', async () => {
  await using cloud = await FakeCloud.start();
  const { id: CONNECTOR, environment: ENVIRONMENT } = cloud.addConnector();
  await using workspace = await Workspace.create(cloud, { settings: null });
  await workspace.write('cloud.json', JSON.stringify(cloud.settings));
  await workspace.write('oauth.json', oAuthProperties());
  const paconn = `paconn() { ${workspace
    .command()
    .map((word) => `'${word}'`)
    .join(' ')} "$@"; }`;
  const shell = workspace.launch(['/bin/sh', '-c', `${paconn}\n${script}`], { variables: { CONNECTOR, ENVIRONMENT } });
  shell.endInput('');
  const { exitCode, stdout, stderr } = await shell.finished;
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});
