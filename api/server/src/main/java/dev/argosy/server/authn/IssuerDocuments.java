package dev.argosy.server.authn;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.object.Json;
import dev.argosy.server.connect.PathHandler;
import dev.argosy.server.connect.PathMount;
import dev.argosy.server.request.RequestInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The documents by which others verify the service-account tokens of a cluster. */
public final class IssuerDocuments {

  private static final String JWKS = "/openid/v1/jwks";

  private final TokenKeys keys;

  public IssuerDocuments(TokenKeys keys) {
    this.keys = keys;
  }

  /** Where they are served. */
  public List<PathMount> mounts() {
    return List.of(
        new PathMount("/.well-known/openid-configuration", false, new Document("application/json")),
        new PathMount(JWKS, false, new Document("application/jwk-set+json")));
  }

  private final class Document implements PathHandler {
    private final String mediaType;

    Document(String mediaType) {
      this.mediaType = mediaType;
    }

    @Override
    public void handle(
        RequestInfo info,
        String cluster,
        UserInfo user,
        HttpServletRequest request,
        HttpServletResponse response)
        throws IOException {
      String text = info.path().startsWith(JWKS) ? keys.published() : discovery(cluster);
      byte[] body = text.getBytes(StandardCharsets.UTF_8);
      response.setStatus(HttpServletResponse.SC_OK);
      response.setContentType(mediaType);
      response.setHeader("Cache-Control", "public, max-age=3600");
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }
  }

  private String discovery(String cluster) {
    String issuer = ServiceAccountNames.issuer(cluster);
    ObjectNode document = Json.object();
    document.put("issuer", issuer).put("jwks_uri", issuer + JWKS);
    document.putArray("response_types_supported").add("id_token");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add(keys.algorithm().getName());
    return Json.mapper().writeValueAsString(document);
  }
}
