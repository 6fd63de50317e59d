// A certified OpenID Connect provider for tests. It listens on a free port of this machine, says its address as the
// first line, and ends when its standard input does. Who signs in stands in login_hint; "refuse" declines.
//
//   node provider.mjs '{"redirect": "http://…", "accounts": {"ada": {"email": "…", "email_verified": true}}}'
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import Provider from "oidc-provider";

const { redirect, accounts } = JSON.parse(process.argv[2]);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const configuration = {
  clients: [
    { client_id: "drover", client_secret: "the secret of drover", redirect_uris: [redirect] },
    { client_id: "other", client_secret: "the secret of other", redirect_uris: [redirect] },
  ],
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" }] },
  cookies: { keys: ["signs the provider's own cookies"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 60, Session: 600 },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => accounts[id] && { accountId: id, claims: () => ({ sub: id, ...accounts[id] }) },
  async loadExistingGrant({ oidc }) {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope("openid email profile");
    await grant.save();
    return grant;
  },
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    if (!request.url.startsWith("/interaction/")) return answer(request, response);
    const { params } = await provider.interactionDetails(request, response);
    const result =
      params.login_hint === "refuse"
        ? { error: "access_denied", error_description: "the person declined" }
        : { login: { accountId: params.login_hint } };
    return provider.interactionFinished(request, response, result);
  });
  console.log(issuer);
});
process.stdin.on("end", () => process.exit(0)).resume();
