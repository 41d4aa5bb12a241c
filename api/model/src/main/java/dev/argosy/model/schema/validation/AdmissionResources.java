package dev.argosy.model.schema.validation;

import dev.argosy.model.schema.field.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The resources of a rule: {@code pods}, {@code pods/log}, {@code pods/*}, {@code *}, … */
final class AdmissionResources {

  private final Set<String> allSubresourcesOf = new HashSet<>();
  private final Set<String> inAllResources = new HashSet<>();
  private boolean everything;
  private boolean allResources;
  private boolean oneResource;

  private AdmissionResources() {}

  static void validate(JsonNode resources, Path path, Checks checks) {
    if (resources.isEmpty()) {
      checks.required(path, "");
      return;
    }
    AdmissionResources seen = new AdmissionResources();
    for (int i = 0; i < resources.size(); i++) {
      String text = resources.get(i).asString("");
      if (text.isEmpty()) {
        checks.required(path.at(i), "");
      } else {
        seen.add(text, path.at(i), checks);
      }
    }
    if (resources.size() > 1 && seen.everything) {
      checks.invalid(path, resources, "if '*/*' is present, must not specify other resources");
    }
    if (seen.allResources && seen.oneResource) {
      checks.invalid(
          path,
          resources,
          "if '*' is present, must not specify other resources without subresources");
    }
  }

  private void add(String text, Path path, Checks checks) {
    everything |= text.equals("*/*");
    allResources |= text.equals("*");
    int slash = text.indexOf('/');
    if (slash < 0) {
      oneResource |= !text.equals("*");
      return;
    }
    String resource = text.substring(0, slash);
    String subresource = text.substring(slash + 1);
    if (allSubresourcesOf.contains(resource)) {
      checks.invalid(path, text, covered(resource + "/*", text));
    }
    if (inAllResources.contains(subresource)) {
      checks.invalid(path, text, covered("*/" + subresource, text));
    }
    if (subresource.equals("*")) {
      allSubresourcesOf.add(resource);
    }
    if (resource.equals("*")) {
      inAllResources.add(subresource);
    }
  }

  private static String covered(String by, String text) {
    return "if '" + by + "' is present, must not specify " + text;
  }
}
