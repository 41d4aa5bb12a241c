package dev.argosy.model.schema.description;

import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which texts fields allow, for those that allow a closed set. Load it, use it, let it go. */
public final class Enums {

  private static final String RESOURCE = "/dev/argosy/model/schema/enums.tsv";

  private final Map<String, List<String>> values;

  private Enums(Map<String, List<String>> values) {
    this.values = values;
  }

  /** Reads the table that comes with this module. */
  public static Enums load() {
    Map<String, List<String>> values = new HashMap<>();
    try (InputStream in = Enums.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing");
      }
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(c -> values.put(c[0] + "." + c[1], List.of(c[2].split("\\|", -1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Enums(values);
  }

  /** What the field, or each element of it, may be, in alphabetical order; empty for anything. */
  public List<String> of(StructType owner, Field field) {
    String type = field.goType().replace("*", "").replace("[]", "");
    int dot = type.indexOf('.');
    String place =
        switch (dot < 0 ? "" : type.substring(0, dot)) {
          case "" -> owner.groupVersion();
          case "metav1" -> "meta/v1";
          default -> "v1";
        };
    return values.getOrDefault(place + "." + type.substring(dot + 1), List.of());
  }
}
