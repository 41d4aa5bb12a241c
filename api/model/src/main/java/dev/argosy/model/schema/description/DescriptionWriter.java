package dev.argosy.model.schema.description;

import com.google.gson.annotations.SerializedName;
import dev.argosy.model.schema.field.FieldTable;
import dev.argosy.model.schema.field.StructType;
import io.swagger.annotations.ApiModel;
import io.swagger.annotations.ApiModelProperty;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs in the build: takes the descriptions of all types of the field table from the annotated
 * model classes of the Kubernetes Java client. Not part of the jar.
 */
public final class DescriptionWriter {

  private static final String MODELS = "io.kubernetes.client.openapi.models.";

  private DescriptionWriter() {}

  /** Writes the file below the class folder that is the first argument, unless it is up to date. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0], "dev/argosy/model/schema", DescriptionFile.GENERATED);
    Path table = file.resolveSibling("fields.tsv");
    String stamp = "# from client-java-api " + args[1] + " for " + Files.size(table) + " bytes";
    if (Files.exists(file)) {
      try (var lines = Files.lines(file)) {
        if (lines.findFirst().orElse("").equals(stamp)) {
          return;
        }
      }
    }
    StringBuilder text = new StringBuilder(stamp).append('\n');
    for (StructType type : FieldTable.load().all()) {
      Class<?> model = model(type);
      if (model != null) {
        append(type, model, text);
      }
    }
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void append(StructType type, Class<?> model, StringBuilder text) {
    ApiModel about = model.getAnnotation(ApiModel.class);
    text.append(type).append('\t');
    text.append(about == null ? "" : DescriptionFile.escape(about.description())).append('\n');
    Map<String, String> fields = fields(model);
    type.fields()
        .forEach(field -> {
          String description = fields.get(field.name());
          if (description != null && !description.isEmpty()) {
            text.append('\t').append(field.name()).append('\t');
            text.append(DescriptionFile.escape(description)).append('\n');
          }
        });
  }

  private static Map<String, String> fields(Class<?> model) {
    Map<String, String> descriptions = new HashMap<>();
    for (Field field : model.getDeclaredFields()) {
      SerializedName name = field.getAnnotation(SerializedName.class);
      if (name != null) {
        String property = field.getName().replace("_", ""); // Java keywords have one in front
        String getter =
            "get" + property.substring(0, 1).toUpperCase(Locale.ROOT) + property.substring(1);
        descriptions.put(name.value(), description(model, getter));
      }
    }
    return descriptions;
  }

  private static String description(Class<?> model, String getter) {
    try {
      ApiModelProperty about = model.getMethod(getter).getAnnotation(ApiModelProperty.class);
      return about == null ? "" : about.value();
    } catch (NoSuchMethodException e) {
      return "";
    }
  }

  private static @Nullable Class<?> model(StructType type) {
    String groupVersion = type.groupVersion();
    int slash = groupVersion.indexOf('/');
    String group = slash < 0 ? "core" : groupVersion.substring(0, slash);
    int dot = group.indexOf('.');
    String first = dot < 0 ? group : group.substring(0, dot);
    String version = capital(groupVersion.substring(slash + 1));
    for (String name : List.of(version + type.name(), capital(first) + version + type.name())) {
      try {
        return Class.forName(MODELS + name);
      } catch (ClassNotFoundException e) {
        // the other name, or none: some types have no model of their own
      }
    }
    return null;
  }

  private static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
