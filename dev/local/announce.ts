import type { Login, Logins } from './demo-users.ts';

/** What a new user needs: the address, demo logins, and three commands to paste. */
export function announcement(gateway: string, { staff, customer }: Logins): string {
  return `
Holdfast is up.

  Console   ${gateway}/console
  API       ${gateway}/api/v1
  Docs      ${gateway}/docs
  Staff     ${staff.email}  ${staff.password}
  Customer  ${customer.email}  ${customer.password}

Try it in another terminal: log in, create an item with ten units, and see them:

${tryIt(gateway, staff).join('\n')}

Ctrl-C stops everything.`;
}

/** Three shell commands. The second stores the Consistency-Token, so that the third is guaranteed to see the write. */
function tryIt(gateway: string, staff: Login): [string, string, string] {
  const api = `${gateway}/api/v1`;
  const json = "-H 'content-type: application/json'";
  const bearer = '-H "authorization: Bearer $TOKEN"';
  const token = `sed 's/.*"token":"\\([^"]*\\)".*/\\1/'`;
  const seen = "grep -i '^consistency-token:' | tr -d '\\r'";
  return [
    `TOKEN=$(curl -s ${api}/auth/login ${json} -d '${JSON.stringify(staff)}' | ${token})`,
    `curl -s ${api}/products ${bearer} ${json} -d '{"id":"apple","name":"Apple","price":3}'; ` +
      `SEEN=$(curl -s -D - -o /dev/null ${api}/stock ${bearer} ${json} -d '{"product_id":"apple","stock":10}' | ${seen})`,
    `curl -s ${api}/stock/apple -H "$SEEN"`,
  ];
}
