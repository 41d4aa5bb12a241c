package dev.argosy.server.cel.library;

import dev.argosy.model.access.UserInfo;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.access.Authorizer.Decision;
import dev.argosy.server.cel.value.Opaque;
import java.util.List;
import java.util.Map;

/** The variables {@code authorizer} and {@code authorizer.requestResource}, and what they give. */
public final class AuthorizerValues {

  private static final String PACKAGE = "kubernetes.authorization.";

  private AuthorizerValues() {}

  /** Who is asked about, in which cluster, and who answers. */
  public record AuthorizerValue(Authorizer authorizer, UserInfo user, String cluster)
      implements Opaque {

    @Override
    public String typeName() {
      return PACKAGE + "Authorizer";
    }

    /** The variable {@code authorizer.requestResource}: what a request is about. */
    public Object requestResource(Attributes request) {
      return new ResourceCheck(
          this,
          request.group(),
          request.resource(),
          request.subresource(),
          request.namespace(),
          request.name());
    }

    AuthorizerValue serviceAccount(String namespace, String name) {
      UserInfo account =
          new UserInfo(
              "system:serviceaccount:" + namespace + ":" + name,
              "",
              List.of(
                  "system:serviceaccounts",
                  "system:serviceaccounts:" + namespace,
                  UserInfo.AUTHENTICATED),
              Map.of());
      return new AuthorizerValue(authorizer, account, cluster);
    }
  }

  record PathCheck(AuthorizerValue by, String path) implements Opaque {

    @Override
    public String typeName() {
      return PACKAGE + "PathCheck";
    }

    DecisionValue check(String verb) {
      return new DecisionValue(
          by.authorizer()
              .authorize(
                  new Attributes(by.user(), by.cluster(), verb, "", "", "", "", "", "", path)));
    }
  }

  record GroupCheck(AuthorizerValue by, String group) implements Opaque {

    @Override
    public String typeName() {
      return PACKAGE + "GroupCheck";
    }

    ResourceCheck resource(String resource) {
      return new ResourceCheck(by, group, resource, "", "", "");
    }
  }

  record ResourceCheck(
      AuthorizerValue by,
      String group,
      String resource,
      String part,
      String inNamespace,
      String named)
      implements Opaque {

    @Override
    public String typeName() {
      return PACKAGE + "ResourceCheck";
    }

    ResourceCheck subresource(String subresource) {
      return new ResourceCheck(by, group, resource, subresource, inNamespace, named);
    }

    ResourceCheck namespace(String namespace) {
      return new ResourceCheck(by, group, resource, part, namespace, named);
    }

    ResourceCheck name(String name) {
      return new ResourceCheck(by, group, resource, part, inNamespace, name);
    }

    DecisionValue check(String verb) {
      return new DecisionValue(
          by.authorizer()
              .authorize(
                  new Attributes(
                      by.user(),
                      by.cluster(),
                      verb,
                      group,
                      "*",
                      resource,
                      part,
                      inNamespace,
                      named,
                      "")));
    }
  }

  record DecisionValue(Decision decision) implements Opaque {

    @Override
    public String typeName() {
      return PACKAGE + "Decision";
    }
  }
}
