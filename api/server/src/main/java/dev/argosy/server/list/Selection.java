package dev.argosy.server.list;

import dev.argosy.model.object.ApiObject;
import dev.argosy.model.schema.KindSchema;
import dev.argosy.model.selector.FieldSelector;
import dev.argosy.model.selector.LabelSelector;
import dev.argosy.model.selector.Requirement;
import dev.argosy.model.selector.SelectorSyntaxException;
import dev.argosy.model.status.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which objects of a view are asked for: a label selector and a field selector of one kind. */
public final class Selection {

  private static final String NAME = "metadata.name";
  private static final String NAMESPACE = "metadata.namespace";
  private static final String NODE = "spec.nodeName";

  private final KindSchema kind;
  private final LabelSelector labels;
  private final FieldSelector fields;
  private final boolean keyFieldsOnly;

  private Selection(KindSchema kind, LabelSelector labels, FieldSelector fields) {
    this.kind = kind;
    this.labels = labels;
    this.fields = fields;
    this.keyFieldsOnly =
        fields.terms().stream()
            .allMatch(t -> t.field().equals(NAME) || t.field().equals(NAMESPACE));
  }

  /**
   * Parses both selectors.
   *
   * @throws dev.argosy.model.status.StatusException BadRequest for bad syntax or a field label that
   *     the kind does not support
   */
  public static Selection parse(KindSchema kind, String labelSelector, String fieldSelector) {
    LabelSelector labels = labels(labelSelector);
    FieldSelector fields = fields(kind, fieldSelector);
    return new Selection(kind, labels, fields);
  }

  private static LabelSelector labels(String text) {
    try {
      return LabelSelector.parse(text);
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest("unable to parse requirement: " + e.getMessage()).asException();
    }
  }

  private static FieldSelector fields(KindSchema kind, String text) {
    if (text.isBlank()) {
      return FieldSelector.EVERYTHING;
    }
    try {
      FieldSelector fields = FieldSelector.parse(text);
      Set<String> supported = kind.fieldLabelNames();
      for (FieldSelector.Term term : fields.terms()) {
        if (!supported.contains(term.field())) {
          throw Status.badRequest(kind.unsupportedFieldLabel(term.field())).asException();
        }
      }
      return fields;
    } catch (SelectorSyntaxException e) {
      throw Status.badRequest(String.valueOf(e.getMessage())).asException();
    }
  }

  public boolean everything() {
    return labels.matchesEverything() && fields.matchesEverything();
  }

  public boolean matches(ApiObject object) {
    return labels.matches(object.meta().labels()) && fieldsMatch(object);
  }

  private boolean fieldsMatch(ApiObject object) {
    if (fields.matchesEverything()) {
      return true;
    }
    if (keyFieldsOnly) {
      return fields.matches(Map.of(NAME, object.name(), NAMESPACE, object.namespace()));
    }
    return fields.matches(object.derived(Labels.class, kind, this::labels).values);
  }

  /** What field selectors see of an object; kept with it, as the same ones are asked for again. */
  private record Labels(Map<String, String> values) {}

  private Labels labels(ApiObject object) {
    return new Labels(Map.copyOf(kind.fieldLabels(kind.shown(object).content())));
  }

  /** The only name that can match, if the selector says one. */
  public Optional<String> name() {
    return fields.exact(NAME);
  }

  public Optional<String> namespace() {
    return fields.exact(NAMESPACE);
  }

  /** The only node that can match, if the selector says one; pods have an index for it. */
  public Optional<String> node() {
    return kind.type().groupResource().toString().equals("pods")
        ? fields.exact(NODE).filter(node -> !node.isEmpty())
        : Optional.empty();
  }

  /** A label that must have one of a few values, if there is such; there is an index for it. */
  public Optional<Requirement> label() {
    return labels.oneOf();
  }

  /** For messages. */
  @Override
  public String toString() {
    return List.of(labels, fields).toString();
  }
}
