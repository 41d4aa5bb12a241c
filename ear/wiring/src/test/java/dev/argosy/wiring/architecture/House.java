package dev.argosy.wiring.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** All compiled classes of all modules, found from the root of the checkout. */
final class House {

  private static final List<String> MODULES =
      List.of(
          "api/model",
          "api/server",
          "control-plane/store",
          "control-plane/scheduler",
          "control-plane/controllers",
          "tenancy",
          "node-agent",
          "web-ui",
          "ear/wiring");

  private House() {}

  static JavaClasses classes() {
    Path root = root();
    List<Path> folders =
        MODULES.stream().map(module -> root.resolve(module).resolve("target/classes")).toList();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new IllegalStateException("compile all modules first: " + folder + " is missing");
      }
    }
    return new ClassFileImporter().importPaths(folders);
  }

  private static Path root() {
    Path at = Path.of("").toAbsolutePath();
    while (!Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    return at;
  }
}
