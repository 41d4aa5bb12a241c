package dev.argosy.model.schema.description;

import dev.argosy.model.schema.field.Field;
import dev.argosy.model.schema.field.FieldType;
import dev.argosy.model.schema.field.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The descriptions of types and fields. Some 2 MB in memory; load it, use it, let it go. */
public final class Descriptions {

  private static final String FOLDER = "/dev/argosy/model/schema/";

  private final Map<String, String> texts = new HashMap<>();

  private Descriptions() {}

  /** Reads the generated descriptions and those of the platform's own kinds. */
  public static Descriptions load() {
    Descriptions descriptions = new Descriptions();
    descriptions.read(DescriptionFile.GENERATED);
    descriptions.read("descriptions.tsv");
    return descriptions;
  }

  /** What a type is; empty if nothing is said about it. */
  public String of(StructType type) {
    return texts.getOrDefault(type.toString(), "");
  }

  /** What a field is for, or at least what its type is; empty if nothing is said about it. */
  public String of(StructType type, Field field) {
    String text = texts.get(type + "\t" + field.name());
    if (text == null && field.type() instanceof FieldType.Struct struct) {
      return of(struct.struct());
    }
    return text == null ? "" : text;
  }

  private void read(String name) {
    try (InputStream in = Descriptions.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException(FOLDER + name + " is missing: was the build complete?");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String type = "";
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("\t")) {
          put(type + "\t", line.substring(1));
        } else if (!line.startsWith("#") && !line.isEmpty()) {
          int tab = line.indexOf('\t');
          type = tab < 0 ? line : line.substring(0, tab);
          put("", line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void put(String prefix, String line) {
    int tab = line.indexOf('\t');
    if (tab >= 0) {
      texts.put(prefix + line.substring(0, tab), DescriptionFile.unescape(line.substring(tab + 1)));
    }
  }
}
