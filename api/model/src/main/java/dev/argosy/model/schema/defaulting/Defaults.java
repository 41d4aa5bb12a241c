package dev.argosy.model.schema.defaulting;

import dev.argosy.model.object.Json;
import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.FieldType.ListOf;
import dev.argosy.model.schema.field.FieldType.MapOf;
import dev.argosy.model.schema.field.FieldType.Scalar;
import dev.argosy.model.schema.field.FieldType.Struct;
import dev.argosy.model.schema.field.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The rules of all types: what types declare, the lines of {@code defaults.tsv}, and the
 * conditional rules in Java. Compiles them per kind; not for use by several threads at once.
 */
public final class Defaults {

  private final Map<String, List<Rule>> rules = new HashMap<>();
  private final Map<StructType, Defaulter> compiled = new HashMap<>();

  /**
   * @param lines group version, type, field or path, JSON
   */
  public Defaults(List<String> lines) {
    PodDefaults.addTo(this);
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      JsonNode value = Json.mapper().readTree(columns[3]);
      add(columns[0] + "." + columns[1], ConstantRule.of(columns[2], value));
    }
    WorkloadDefaults.addTo(this);
    JobDefaults.addTo(this);
    ScalerDefaults.addTo(this);
    ServiceDefaults.addTo(this);
    ObjectDefaults.addTo(this);
    PolicyDefaults.addTo(this);
  }

  void add(String type, Rule rule) {
    rules.computeIfAbsent(type, key -> new ArrayList<>()).add(rule);
  }

  /** All that is to be done for objects of that type. */
  public Defaulter of(StructType type) {
    Defaulter known = compiled.get(type);
    if (known != null) {
      return known;
    }
    Defaulter defaulter = new Defaulter(ownRules(type));
    compiled.put(type, defaulter);
    for (Field field : type.fields()) {
      step(field.type(), 0)
          .ifPresent(
              step -> defaulter.add(new Defaulter.Step(field.name(), step.depth(), step.below())));
    }
    return defaulter;
  }

  private Optional<Defaulter.Step> step(FieldType type, int depth) {
    return switch (type) {
      case Scalar scalar -> Optional.empty();
      case ListOf list -> step(list.item(), depth + 1);
      case MapOf map -> step(map.value(), depth + 1);
      case Struct struct -> {
        Defaulter below = of(struct.struct());
        yield below.idle() ? Optional.empty() : Optional.of(new Defaulter.Step("", depth, below));
      }
    };
  }

  /** Whether it would be left out again when written. */
  private static boolean isZero(JsonNode value) {
    return value.isString() ? value.stringValue().isEmpty() : value.asInt(1) == 0;
  }

  private List<Rule> ownRules(StructType type) {
    List<Rule> own = new ArrayList<>();
    String place = type.groupVersion();
    List<String> names = new ArrayList<>(type.inlined());
    names.addFirst(type.name());
    names.forEach(name -> own.addAll(rules.getOrDefault(place + "." + name, List.of())));
    for (Field field : type.fields()) {
      JsonNode declared = field.declaredDefault();
      if (declared != null && !(field.omitZero() && isZero(declared))) {
        own.add(ConstantRule.of(field.name(), declared));
      }
      if (field.goType().endsWith("ResourceList")) {
        own.add(new MilliRule(field.name()));
      }
    }
    return own;
  }
}
