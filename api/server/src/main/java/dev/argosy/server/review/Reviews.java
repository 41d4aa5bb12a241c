package dev.argosy.server.review;

import dev.argosy.model.kind.GroupResource;
import dev.argosy.server.access.Authorizer;
import dev.argosy.server.authn.BearerTokens;
import dev.argosy.server.authz.HeldRules;
import dev.argosy.server.registry.ReviewHandler;
import java.time.Clock;
import java.util.Map;

/** All reviews by the resource that they are posted to. */
public final class Reviews {

  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final String AUTHORIZATION = "authorization.k8s.io";

  private Reviews() {}

  public static Map<GroupResource, ReviewHandler> of(
      Authorizer authorizer, HeldRules held, BearerTokens tokens, Clock clock) {
    AccessReviews access = new AccessReviews(authorizer);
    IdentityReviews identity = new IdentityReviews(tokens, clock);
    return Map.of(
        new GroupResource(AUTHORIZATION, "selfsubjectaccessreviews"), access::self,
        new GroupResource(AUTHORIZATION, "subjectaccessreviews"), access::other,
        new GroupResource(AUTHORIZATION, "localsubjectaccessreviews"), access::local,
        new GroupResource(AUTHORIZATION, "selfsubjectrulesreviews"), new RulesReviews(held)::self,
        new GroupResource(AUTHENTICATION, "selfsubjectreviews"), identity::self,
        new GroupResource(AUTHENTICATION, "tokenreviews"), identity::token);
  }
}
