package dev.argosy.server.review;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.authn.BearerTokens;
import dev.argosy.server.authz.Explainer;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.registry.ReviewHandler;
import java.time.Clock;
import java.util.Map;

/** All reviews by the resource that they are posted to. */
public final class Reviews {

  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String AUTHORIZATION = "authorization.k8s.io";

  private Reviews() {}

  /** The rules themselves, for questions that go beyond yes and no. */
  public record Basis(HeldRules held, Explainer explainer) {}

  public static Map<GroupResource, ReviewHandler> of(
      Authorizer authorizer, Basis basis, BearerTokens tokens, Clock clock) {
    AccessReviews access = new AccessReviews(authorizer);
    Explanations explanations = new Explanations(authorizer, access, basis.explainer());
    WhoCan whoCan = new WhoCan(authorizer, access, basis.explainer());
    IdentityReviews identity = new IdentityReviews(tokens, clock);
    return Map.of(
        new GroupResource(AUTHORIZATION, "selfsubjectaccessreviews"),
        access::self,
        new GroupResource(AUTHORIZATION, "subjectaccessreviews"),
        access::other,
        new GroupResource(AUTHORIZATION, "localsubjectaccessreviews"),
        access::local,
        new GroupResource(AUTHORIZATION, "selfsubjectrulesreviews"),
        new RulesReviews(basis.held())::self,
        new GroupResource(AUTHENTICATION, "selfsubjectreviews"),
        identity::self,
        new GroupResource(AUTHENTICATION, "tokenreviews"),
        identity::token,
        Explanations.RESOURCE,
        explanations::explain,
        WhoCan.RESOURCE,
        whoCan::answer);
  }
}
