package dev.argosy.model.schema.validation;

import dev.argosy.model.kind.ResourceType;
import dev.argosy.model.status.Cause;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Checks objects of one kind: metadata, then the kind's own rules. */
public final class KindValidator {

  private static final Set<String> EXTENSIONS =
      Set.of("apiextensions.k8s.io", "apiregistration.k8s.io");

  private final MetadataRules metadata;
  private final KindRules rules;
  private final boolean stored;

  /**
   * @param nameRule what names must look like; see {@code kinds.tsv}
   */
  public KindValidator(ResourceType type, String nameRule) {
    this.rules = KindRegistry.of(type.groupResource().toString());
    boolean anyFinalizer = EXTENSIONS.contains(type.group()) || rules == NoRules.INSTANCE;
    this.metadata = new MetadataRules(type.namespaced(), nameRule, anyFinalizer);
    this.stored = type.stored();
  }

  /** Whether objects of that resource are checked beyond their metadata. */
  public static boolean hasRules(ResourceType type) {
    return KindRegistry.of(type.groupResource().toString()) != NoRules.INSTANCE;
  }

  public List<Cause> validate(ObjectNode object) {
    Checks checks = new Checks();
    if (stored) {
      metadata.validate(object, checks);
    }
    rules.validate(object, checks);
    return checks.causes();
  }

  public List<Cause> validateUpdate(ObjectNode object, ObjectNode old) {
    Checks checks = new Checks();
    metadata.validateUpdate(object, old, checks);
    rules.validateChanged(object, old, checks);
    rules.validateUpdate(object, old, checks);
    return checks.causes();
  }

  /** As {@link #validateUpdate}, for a write to a subresource with rules of its own. */
  public List<Cause> validateUpdateOf(String subresource, ObjectNode object, ObjectNode old) {
    Checks checks = new Checks();
    metadata.validateUpdate(object, old, checks);
    rules.validateUpdateOf(subresource, object, old, checks);
    return checks.causes();
  }

  public List<Cause> validateStatusUpdate(ObjectNode object, ObjectNode old) {
    Checks checks = new Checks();
    metadata.validateUpdate(object, old, checks);
    rules.validateStatus(object, old, checks);
    return checks.causes();
  }
}
