package dev.argosy.server.registry;

import dev.argosy.model.client.DeleteOptions;
import dev.argosy.model.client.Patch;
import dev.argosy.model.kind.GroupResource;
import dev.argosy.model.object.ApiObject;
import dev.argosy.model.object.Json;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.status.StatusException;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import dev.argosy.server.metering.TurnRecorder;
import dev.argosy.server.preset.Presets;
import dev.argosy.server.quota.Quota;
import dev.argosy.server.request.DecodedBody;
import dev.argosy.store.cache.ResourceCaches;
import dev.argosy.tenancy.quota.TenantQuota;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * All writes, past authorization: checks the body, admits, keeps. Refusals are thrown as {@link
 * StatusException}.
 */
public final class Registry {

  /**
   * What others answer for this registry: reviews by resource, posts by "resource/subresource",
   * rules of kinds that it does not know itself.
   */
  public record Handlers(
      Map<GroupResource, ReviewHandler> reviews,
      Map<String, PostHandler> posts,
      Map<GroupResource, KindRules> rules) {
    public Handlers {
      reviews = Map.copyOf(reviews);
      posts = Map.copyOf(posts);
      rules = Map.copyOf(rules);
    }
  }

  /**
   * An object after a write.
   *
   * @param created whether it was made by it
   */
  public record Written(ApiObject object, boolean created) {}

  /**
   * What a deletion left.
   *
   * @param gone whether the object is no more; otherwise it lingers, marked
   */
  public record Removed(ApiObject object, boolean gone) {}

  private final Creation creation;
  private final Updating updating;
  private final Deletion deletion;
  private final Posting posting;
  private final Admitting admitting;
  private final Handlers handlers;
  private final Clock clock;

  private Registry(
      Creation creation,
      Updating updating,
      Deletion deletion,
      Posting posting,
      Admitting admitting,
      Handlers handlers,
      Clock clock) {
    this.admitting = admitting;
    this.creation = creation;
    this.updating = updating;
    this.deletion = deletion;
    this.posting = posting;
    this.handlers = handlers;
    this.clock = clock;
  }

  /**
   * A registry.
   *
   * @param presets what clusters have without storing it; a change stores a copy
   */
  public static Registry of(
      StoreRouter stores,
      ResourceCaches caches,
      Presets presets,
      List<AdmissionStep> admission,
      Handlers handlers,
      RegistrySettings settings) {
    Objects objects = new Objects(stores, caches, presets, settings.records().listener());
    Admitting admitting = new Admitting(admission);
    RulesByKind rules = rules(settings, caches).with(handlers.rules());
    Clock clock = settings.clock();
    GeneratedNames names = new GeneratedNames(settings.random());
    QuotaCounting counting = new QuotaCounting(objects, stores, caches, settings.kinds(), clock);
    Charging charging = new Charging(objects, stores, counting, settings);
    Deletion deletion = new Deletion(charging, admitting, rules, clock);
    Updating updating = new Updating(charging, admitting, rules, new Ownership(clock));
    Eviction eviction = new Eviction(deletion, caches, clock);
    return new Registry(
        new Creation(charging, admitting, rules, clock, names),
        updating,
        deletion,
        new Posting(updating, eviction, admitting, handlers.posts(), clock),
        admitting,
        handlers,
        clock);
  }

  /**
   * What a registry depends on besides its stores.
   *
   * @param ranges of ClusterIPs
   * @param records what is recorded of writes
   */
  public record RegistrySettings(
      ServiceRanges ranges,
      KindTables kinds,
      Clock clock,
      RandomGenerator random,
      Records records) {}

  /**
   * What is recorded of writes.
   *
   * @param turns of what is charged for, in the transaction of the write
   * @param listener hears of what was written
   */
  public record Records(TurnRecorder turns, WriteListener listener) {}

  private static RulesByKind rules(RegistrySettings settings, ResourceCaches caches) {
    RandomGenerator random = settings.random();
    ServiceRanges ranges = settings.ranges();
    FurtherRanges further = new FurtherRanges(caches, ranges.allowed());
    return new RulesByKind(
        Map.ofEntries(
            Map.entry(new GroupResource("", "pods"), new PodRules()),
            Map.entry(new GroupResource("", "namespaces"), new NamespaceRules()),
            Map.entry(new GroupResource("", "secrets"), new SecretRules()),
            Map.entry(Quota.RESOURCE, new ResourceQuotaRules()),
            Map.entry(TenantQuota.RESOURCE, new ResourceQuotaRules()),
            Map.entry(new GroupResource("", "persistentvolumeclaims"), new ClaimRules()),
            Map.entry(new GroupResource("apps", "daemonsets"), new DaemonSetRules()),
            Map.entry(new GroupResource("batch", "jobs"), new JobRules()),
            Map.entry(
                new GroupResource("", "services"),
                new ServiceRules(
                    new ServiceAddresses(ranges.ownRange(), further, random),
                    new NodePorts(random))),
            Map.entry(FurtherRanges.RESOURCE, new ServiceRangeRules(further, ranges.words())),
            Map.entry(
                new GroupResource("certificates.k8s.io", "certificatesigningrequests"),
                new SigningRequestRules()),
            Map.entry(
                new GroupResource("apiregistration.k8s.io", "apiservices"),
                new RegistrationRules(settings.kinds(), settings.clock())),
            Map.entry(
                new GroupResource("resource.k8s.io", "resourceslices"),
                new DeviceSliceRules(settings.clock()))));
  }

  /** Creates an object, or answers a review. */
  public Written create(Write write, DecodedBody body) {
    ObjectNode object = BodyCheck.object(write, body);
    return new Written(shown(write, creation.create(write, object)), true);
  }

  /**
   * Creates a namespace and what comes with it, in one transaction. No two may be of one resource:
   * whoever watches resumes behind a revision, and would miss the second. Nor may one be something
   * that is metered.
   *
   * @param births the namespace first; consumed
   * @return false if one of them is there already; then none is made
   */
  public boolean createTogether(List<Birth> births) {
    long resources = births.stream().map(birth -> birth.write().resource()).distinct().count();
    if (births.isEmpty() || resources < births.size()) {
      throw new IllegalArgumentException("needs objects, each of another resource");
    }
    return creation.together(births);
  }

  /** Fills in a review. */
  public ObjectNode review(Write write, DecodedBody body) {
    ReviewHandler handler = handlers.reviews().get(write.resource());
    if (handler == null) {
      throw Status.of(Reason.NOT_FOUND, "nobody answers " + write.resource()).asException();
    }
    ObjectNode object = BodyCheck.object(write, body);
    write.kind().applyDefaults(object);
    return handler.review(write.subject(), object);
  }

  /** Replaces an object or a part of it; some kinds are created if they are not there. */
  public Written update(Write write, DecodedBody body) {
    ObjectNode object = BodyCheck.object(write, body);
    Part part = Part.of(write.subresource());
    try {
      ApiObject updated = updating.update(write, part, present -> object.deepCopy());
      return new Written(shown(write, updated), false);
    } catch (StatusException e) {
      boolean create =
          e.status().reason() == Reason.NOT_FOUND
              && part == Part.MAIN
              && write.kind().strategy().createOnUpdate()
              && write.name().equals(Metadata.of(object).text("name"));
      if (!create) {
        throw e;
      }
      return new Written(shown(write, creation.create(write, object)), true);
    }
  }

  /**
   * Changes an object or a part of it by a patch. Server-side apply creates an object that is not
   * there.
   */
  public Written patch(Write write, Patch.Form form, DecodedBody patch) {
    if (form == Patch.Form.APPLY) {
      return apply(write, patch);
    }
    ApiObject updated =
        updating.update(
            write,
            Part.of(write.subresource()),
            present -> {
              ObjectNode patched =
                  Patching.apply(form, patch.tree(), present, write.kind(), write.name());
              return BodyCheck.patched(write, patched, patch);
            });
    return new Written(shown(write, updated), false);
  }

  private Written apply(Write write, DecodedBody body) {
    BodyCheck.configuration(write, body);
    Applying applying = Applying.of(write, body.tree(), clock);
    try {
      ApiObject updated = updating.update(write, Part.of(write.subresource()), applying);
      return new Written(shown(write, updated), false);
    } catch (StatusException e) {
      if (e.status().reason() != Reason.NOT_FOUND || !write.subresource().isEmpty()) {
        throw e;
      }
    }
    try {
      return new Written(shown(write, creation.create(write, applying.fresh(), true)), true);
    } catch (StatusException e) {
      if (e.status().reason() != Reason.ALREADY_EXISTS) {
        throw e;
      }
      Applying again = Applying.of(write, body.tree(), clock); // somebody made it meanwhile
      return new Written(shown(write, updating.update(write, Part.MAIN, again)), false);
    }
  }

  public Removed delete(Write write, DeleteOptions options) {
    Deletion.Deleted deleted = deletion.delete(write, options);
    return new Removed(shown(write, deleted.object()), deleted.gone());
  }

  /**
   * Lets a conversation begin, or refuses.
   *
   * @param options what the client wants, such as {@code PodExecOptions}
   */
  public void connect(Write write, ObjectNode options) {
    admitting.mutate(write, Operation.CONNECT, options, null);
    admitting.validate(write, Operation.CONNECT, options, null);
  }

  /** Posts to a subresource: binding, eviction, or what others answer. */
  public ObjectNode post(Write write, DecodedBody body) {
    return posting.post(write, body);
  }

  /** The scale of a workload. */
  public static ObjectNode scale(KindSchema kind, ApiObject workload) {
    return Scale.of(kind, workload.tree());
  }

  /** Replaces a workload's scale. */
  public ObjectNode updateScale(Write write, DecodedBody body) {
    ObjectNode scale = BodyCheck.requireObject(body.tree());
    ApiObject scaled =
        updating.update(
            write, Part.MAIN, present -> Scale.apply(write, present.deepCopy(), scale.deepCopy()));
    return Scale.of(write.kind(), shown(write, scaled).tree());
  }

  /** Changes a workload's scale by a patch; strategic merge is plain merge here. */
  public ObjectNode patchScale(Write write, Patch.Form form, DecodedBody patch) {
    if (form == Patch.Form.APPLY) {
      Applying applying = Applying.ofScale(write, patch.tree(), clock);
      ApiObject applied = updating.update(write, Part.MAIN, applying);
      return Scale.of(write.kind(), shown(write, applied).tree());
    }
    Patch.Form plain = form == Patch.Form.STRATEGIC ? Patch.Form.MERGE : form;
    ApiObject scaled =
        updating.update(
            write,
            Part.MAIN,
            present -> {
              ObjectNode scale =
                  Patching.apply(
                      plain,
                      patch.tree(),
                      Scale.of(write.kind(), present),
                      write.kind(),
                      write.name());
              return Scale.apply(write, present.deepCopy(), scale);
            });
    return Scale.of(write.kind(), shown(write, scaled).tree());
  }

  /** The patch format of a media type; UnsupportedMediaType for those not served. */
  public static Patch.Form patchForm(String mediaType) {
    return Patching.form(mediaType);
  }

  /** The answer when there is nothing else to say. */
  public static ObjectNode success(int code) {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return status.put("status", "Success").put("code", code);
  }

  private static ApiObject shown(Write write, ApiObject stored) {
    return dev.argosy.server.list.View.shownAs(write.kind(), stored);
  }
}
