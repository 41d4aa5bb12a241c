package dev.argosy.server.local;

import dev.argosy.model.access.UserInfo;
import dev.argosy.model.client.ApiResult;
import dev.argosy.model.client.Fence;
import dev.argosy.model.client.ResourceScope;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ObjectKey;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.access.Reach;
import dev.argosy.server.audit.AuditContext;
import dev.argosy.server.audit.AuditRequest;
import dev.argosy.server.dispatch.Gate;
import dev.argosy.server.dispatch.GatedReads;
import dev.argosy.server.keep.FencedWrites;
import dev.argosy.server.list.View;
import dev.argosy.server.request.RequestInfo;
import dev.argosy.server.request.RequestParser;
import dev.argosy.store.spi.StoreUnavailableException;
import dev.argosy.store.spi.ValueTroubleException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way of one identity's calls: authorize, locate the cluster, do it, tell the audit trail. */
final class LocalCalls {

  private final LocalApiClients.Parts parts;
  private final UserInfo user;
  private final Optional<Fence> fence;

  LocalCalls(LocalApiClients.Parts parts, UserInfo user) {
    this(parts, user, Optional.empty());
  }

  /** Calls whose writes are kept only while the fence stands. */
  LocalCalls(LocalApiClients.Parts parts, UserInfo user, Optional<Fence> fence) {
    this.parts = parts;
    this.user = user;
    this.fence = fence;
  }

  Attributes asked(String verb, ObjectKey key, String subresource) {
    return asked(verb, key.resource(), subresource, key.cluster(), key.namespace(), key.name());
  }

  Attributes asked(String verb, ResourceScope scope, String fieldSelector) {
    String cluster = scope.allClusters() ? "*" : scope.cluster();
    return asked(verb, scope.resource(), "", cluster, scope.namespace(), name(fieldSelector));
  }

  /** A get of a path that is no resource. */
  Attributes asked(String cluster, String path) {
    return new Attributes(user, cluster, "get", "", "", "", "", "", "", path);
  }

  /** A get of something that others serve. */
  Attributes asked(String cluster, RequestInfo info) {
    return new Attributes(
        user,
        cluster,
        info.verb(),
        info.group(),
        info.version(),
        info.resource(),
        info.subresource(),
        info.namespace(),
        info.name(),
        "");
  }

  private Attributes asked(
      String verb,
      GroupResource resource,
      String subresource,
      String cluster,
      String namespace,
      String name) {
    boolean aNamespace = resource.equals(new GroupResource("", "namespaces"));
    String version =
        kind(cluster, resource)
            .map(k -> k.type().version())
            .or(() -> parts.remote().version(cluster, resource))
            .orElse("");
    return new Attributes(
        user,
        cluster,
        verb,
        resource.group(),
        version,
        resource.resource(),
        subresource,
        aNamespace ? name : namespace,
        name,
        "");
  }

  private static String name(String fieldSelector) {
    try {
      return FieldSelector.parse(fieldSelector).exact("metadata.name").orElse("");
    } catch (SelectorSyntaxException e) {
      return "";
    }
  }

  /** Refusals of every step come back as results. */
  <T> ApiResult<T> call(Attributes asked, Function<KindSchema, T> action) {
    return audited(asked, (kind, audit) -> action.apply(kind));
  }

  /** As {@link #call}, for what tells the audit more. */
  <T> ApiResult<T> audited(Attributes asked, BiFunction<KindSchema, AuditContext, T> action) {
    return told(asked, audit -> action.apply(pass(asked, audit), audit));
  }

  /** As {@link #call}, for lists and watches. */
  <T> ApiResult<T> reading(Attributes asked, BiFunction<KindSchema, GatedReads.Passed, T> action) {
    return told(
        asked,
        audit -> {
          GatedReads.Passed passed = new GatedReads.Passed(asked, enter(asked, audit));
          return action.apply(kind(asked), passed);
        });
  }

  /** As {@link #call}, for a path that is no resource, and for what others serve. */
  <T> ApiResult<T> elsewhere(Attributes asked, Supplier<T> action) {
    return told(
        asked,
        audit -> {
          enter(asked, audit);
          return action.get();
        });
  }

  /** Whether others serve what is asked for. */
  boolean remote(Attributes asked) {
    GroupResource resource = resource(asked);
    return kind(asked.cluster(), resource).isEmpty()
        && parts.remote().version(asked.cluster(), resource).isPresent();
  }

  private <T> ApiResult<T> told(Attributes asked, Function<AuditContext, T> action) {
    AuditContext audit =
        parts
            .audit()
            .begin(new AuditRequest(auditId(), parts.clock().instant(), "", asked, List.of(), ""));
    Supplier<T> call = () -> action.apply(audit);
    ApiResult<T> result =
        guarded(fence.<Supplier<T>>map(f -> () -> FencedWrites.behind(f, call)).orElse(call));
    if (result instanceof ApiResult.Refused<T>(Status status)) {
      audit.complete(status.code(), status, false);
    } else {
      audit.complete(200, null, false);
    }
    return result;
  }

  /** Tells calls apart and is no secret, so it need not cost what {@link UUID#randomUUID} does. */
  private static String auditId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    long high = random.nextLong() & ~0xf000L | 0x4000L; // version 4, RFC 9562
    long low = random.nextLong() >>> 2 | Long.MIN_VALUE;
    return new UUID(high, low).toString();
  }

  private static <T> ApiResult<T> guarded(Supplier<T> action) {
    try {
      return ApiResult.ok(action.get());
    } catch (StatusException e) {
      return ApiResult.refused(e.status());
    } catch (StoreUnavailableException e) {
      return ApiResult.refused(
          Status.of(Reason.SERVICE_UNAVAILABLE, String.valueOf(e.getMessage())).withRetryAfter(1));
    } catch (ValueTroubleException e) {
      return ApiResult.refused(Status.of(Reason.INTERNAL_ERROR, String.valueOf(e.getMessage())));
    }
  }

  /** The gate; then the kind that is asked for. */
  private KindSchema pass(Attributes asked, AuditContext audit) {
    enter(asked, audit);
    GroupResource resource = resource(asked);
    KindSchema kind = kind(asked);
    boolean write = !Set.of("get", "list", "watch").contains(asked.verb());
    if (write && View.projects(resource, asked.cluster())) {
      throw Status.forbidden(resource, asked.name(), "nodes belong to the platform").asException();
    }
    return kind;
  }

  private KindSchema kind(Attributes asked) {
    return kind(asked.cluster(), resource(asked))
        .orElseThrow(() -> RequestParser.notFound().asException());
  }

  private Reach enter(Attributes asked, AuditContext audit) {
    Reach reach = parts.gate().authorize(asked, audit);
    boolean all = asked.cluster().equals("*");
    if (all) {
      Gate.requireWildcardVerb(asked.verb());
    } else {
      parts.gate().locate(asked.cluster());
    }
    return reach;
  }

  private static GroupResource resource(Attributes asked) {
    return new GroupResource(asked.group(), asked.resource());
  }

  private Optional<KindSchema> kind(String cluster, GroupResource resource) {
    return parts.kinds().preferred(cluster, resource);
  }
}
