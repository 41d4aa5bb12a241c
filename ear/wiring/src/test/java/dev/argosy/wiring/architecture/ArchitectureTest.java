package dev.argosy.wiring.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  private static final JavaClasses HOUSE = House.classes();

  @Test
  void modulesDependOnlyAlongTheArrows() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.argosy..")
        .layer("model")
        .definedBy("dev.argosy.model..")
        .layer("store")
        .definedBy("dev.argosy.store..")
        .layer("scheduler")
        .definedBy("dev.argosy.scheduler..")
        .layer("controllers")
        .definedBy("dev.argosy.controllers..")
        .layer("tenancy")
        .definedBy("dev.argosy.tenancy..")
        .layer("server")
        .definedBy("dev.argosy.server..")
        .layer("agent")
        .definedBy("dev.argosy.agent..")
        .layer("console")
        .definedBy("dev.argosy.console..")
        .layer("wiring")
        .definedBy("dev.argosy.wiring..")
        .whereLayer("model")
        .mayNotAccessAnyLayer()
        .whereLayer("store")
        .mayOnlyAccessLayers("model")
        .whereLayer("scheduler")
        .mayOnlyAccessLayers("model")
        .whereLayer("controllers")
        .mayOnlyAccessLayers("model")
        .whereLayer("tenancy")
        .mayOnlyAccessLayers("model")
        .whereLayer("server")
        .mayOnlyAccessLayers("model", "store", "tenancy")
        .whereLayer("agent")
        .mayOnlyAccessLayers("model")
        .whereLayer("console")
        .mayOnlyAccessLayers("model", "tenancy")
        .whereLayer("wiring")
        .mayNotBeAccessedByAnyLayer()
        .check(HOUSE);
  }

  @ParameterizedTest
  @CsvSource({
    "org.eclipse.jetty.., dev.argosy.server.http..",
    "io.etcd.., dev.argosy.store.etcd..",
    "com.github.dockerjava.., dev.argosy.agent.runtime.docker..",
    "com.vaadin.., dev.argosy.console.."
  })
  void aLibraryIsNamedInOneRoomOnly(String library, String room) {
    noClasses()
        .that(resideOutsideOfPackages(room))
        .should()
        .dependOnClassesThat(resideInAnyPackage(library))
        .check(HOUSE);
  }

  @Test
  void theCoreKnowsNoContainer() {
    noClasses()
        .that(resideOutsideOfPackages("dev.argosy.wiring..", "dev.argosy.console.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "jakarta.inject..",
                "jakarta.enterprise..",
                "jakarta.ejb..",
                "jakarta.annotation.."))
        .check(HOUSE);
  }

  @Test
  void timeIsInjected() {
    noClasses().should().callMethod(Instant.class, "now").check(HOUSE);
    noClasses().should().callMethod(Thread.class, "sleep", long.class).check(HOUSE);
    noClasses().should().callMethod(Thread.class, "sleep", java.time.Duration.class).check(HOUSE);
  }

  @Test
  void noRoomIsNamedAfterAKindOfClass() {
    Set<String> words = Set.of("util", "utils", "common", "helper", "helpers", "impl", "dto");
    assertThat(packages())
        .noneMatch(
            name -> words.stream().anyMatch(word -> List.of(name.split("\\.")).contains(word)));
  }

  @Test
  void everyRoomSaysWhatItIsForAndIsNullMarked() {
    Set<String> unmarked = new TreeSet<>();
    for (JavaClass type : HOUSE) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    assertThat(unmarked).isEmpty();
  }

  private static Set<String> packages() {
    Set<String> names = new TreeSet<>();
    HOUSE.forEach(type -> names.add(type.getPackageName()));
    return names;
  }
}
