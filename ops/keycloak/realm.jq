# Completes the realm template: passwords, client secrets, redirect addresses, and what every client needs.
# Scopes are named in full: a client that names only its optional ones gets tokens without `sub`.
def mappers: [
  { name: "groups", protocol: "openid-connect", protocolMapper: "oidc-group-membership-mapper",
    config: { "claim.name": "groups", "full.path": "false", "id.token.claim": "true",
              "access.token.claim": "true", "userinfo.token.claim": "true" } },
  { name: "audience", protocol: "openid-connect", protocolMapper: "oidc-audience-mapper",
    config: { "included.custom.audience": "argosy-api", "access.token.claim": "true", "id.token.claim": "false" } }
];
.users |= map(. + { enabled: true, emailVerified: true,
    credentials: [{ type: "password", temporary: false, value: $passwords[.username] }] })
| .clients |= map(. + { enabled: true, protocol: "openid-connect", protocolMappers: mappers,
    defaultClientScopes: ["basic", "profile", "email", "roles", "web-origins", "acr", "organization"],
    optionalClientScopes: ["offline_access"] })
| .organizations |= map(. + { enabled: true, members: (.members | map(. + { membershipType: "UNMANAGED" })) })
| .clients |= map(if .clientId == "argosy-console"
    then . + { secret: $console, redirectUris: ($urls | map(. + "/*")), webOrigins: $urls }
    elif .clientId == "argosy-automation" then . + { secret: $automation }
    else . end)
