package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Ranges of the addresses of services ({@code ServiceCIDR}). */
final class AddressRangeRules implements KindRules {

  private static final Path CIDRS = Path.of("spec").child("cidrs");

  @Override
  public void validate(ObjectNode object, Checks checks) {
    JsonNode cidrs = object.path("spec").path("cidrs");
    if (cidrs.isEmpty()) {
      checks.required(CIDRS, "at least one CIDR required");
      return;
    }
    if (cidrs.size() > 2) {
      checks.invalid(CIDRS, object.path("spec"), "may only hold up to 2 values");
      return;
    }
    Cidr first = Cidr.strict(cidrs.path(0).asString(""), CIDRS.at(0), checks);
    @Nullable Cidr second =
        cidrs.size() == 2 ? Cidr.strict(cidrs.path(1).asString(""), CIDRS.at(1), checks) : null;
    if (first != null && second != null && first.v4() == second.v4()) {
      checks.invalid(
          CIDRS,
          cidrs,
          "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
              + " 2001:db8::/64");
    }
  }

  /** A range never changes; one of the other family may be added. */
  @Override
  public void validateUpdate(ObjectNode object, ObjectNode old, Checks checks) {
    JsonNode before = old.path("spec").path("cidrs");
    JsonNode after = object.path("spec").path("cidrs");
    boolean added = before.size() == 1 && after.size() == 2;
    if (before.size() != after.size() && !added) {
      checks.immutable(CIDRS, after);
      return;
    }
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        checks.immutable(CIDRS.at(i), after.get(i));
      }
    }
  }
}
