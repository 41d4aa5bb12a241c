package dev.argosy.wiring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows of docs/ARCHITECTURE.md, over the main classes of all modules. */
class ArchitectureTest {

  private static final String MODEL = "dev.argosy.model..";
  private static final String STORE = "dev.argosy.store..";
  private static final String SCHEDULER = "dev.argosy.scheduler..";
  private static final String CONTROLLERS = "dev.argosy.controllers..";
  private static final String TENANCY = "dev.argosy.tenancy..";
  private static final String SERVER = "dev.argosy.server..";
  private static final String AGENT = "dev.argosy.agent..";
  private static final String CONSOLE = "dev.argosy.console..";
  private static final String WIRING = "dev.argosy.wiring..";

  private static JavaClasses all;

  @BeforeAll
  static void read() {
    List<Path> folders =
        Stream.of(
                "api/model",
                "api/server",
                "control-plane/store",
                "control-plane/scheduler",
                "control-plane/controllers",
                "tenancy",
                "node-agent",
                "web-ui",
                "ear/wiring")
            .map(module -> Path.of("..", "..").resolve(module).resolve("target/classes"))
            .filter(Files::isDirectory)
            .toList();
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(folders);
  }

  /** Who must not know whom. */
  static Stream<ArchRule> arrows() {
    return Stream.of(
        mayNotSee(MODEL, STORE, SCHEDULER, CONTROLLERS, TENANCY, SERVER, AGENT, CONSOLE, WIRING),
        mayNotSee(STORE, SCHEDULER, CONTROLLERS, TENANCY, SERVER, AGENT, CONSOLE, WIRING),
        mayNotSee(SCHEDULER, STORE, CONTROLLERS, TENANCY, SERVER, AGENT, CONSOLE, WIRING),
        mayNotSee(CONTROLLERS, STORE, SCHEDULER, TENANCY, SERVER, AGENT, CONSOLE, WIRING),
        mayNotSee(TENANCY, STORE, SCHEDULER, CONTROLLERS, SERVER, AGENT, CONSOLE, WIRING),
        mayNotSee(SERVER, SCHEDULER, CONTROLLERS, AGENT, CONSOLE, WIRING),
        mayNotSee(AGENT, STORE, SCHEDULER, CONTROLLERS, TENANCY, SERVER, CONSOLE, WIRING),
        mayNotSee(CONSOLE, STORE, SCHEDULER, CONTROLLERS, SERVER, AGENT, WIRING),
        mayNotSee(WIRING, AGENT, CONSOLE));
  }

  @ParameterizedTest
  @MethodSource("arrows")
  void modulesSeeOnlyWhatTheyMay(ArchRule rule) {
    rule.check(all);
  }

  @Test
  void jettyIsNamedInOnePackage() {
    namedOnlyIn("org.eclipse.jetty..", "dev.argosy.server.http..").check(all);
  }

  @Test
  void jetcdIsNamedInOnePackage() {
    namedOnlyIn("io.etcd..", "dev.argosy.store.etcd..").check(all);
  }

  @Test
  void dockerIsNamedInOnePackage() {
    namedOnlyIn("com.github.dockerjava..", "dev.argosy.agent.runtime.docker..").check(all);
  }

  @Test
  void theAgentNamesGrpcInOnePackage() {
    noClasses()
        .that()
        .resideInAPackage(AGENT)
        .and()
        .resideOutsideOfPackage("dev.argosy.agent.grpc..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.grpc..", "io.netty..")
        .check(all);
  }

  @Test
  void theCoreKnowsNoContainerAnnotations() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WIRING, CONSOLE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "jakarta.ejb..")
        .check(all);
  }

  @Test
  void timeIsInjected() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .orShould()
        .callMethod(Thread.class, "sleep", java.time.Duration.class)
        .because("tests must not wait, nor depend on when they run: take a " + Clock.class)
        .check(all);
  }

  @Test
  void nothingPrints() {
    noClasses()
        .that()
        .resideOutsideOfPackage(AGENT)
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(all);
  }

  @Test
  void packagesAreNamedAfterWhatTheyAreFor() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..common..", "..helper..", "..impl..", "..dto..")
        .check(all);
  }

  @Test
  void everyPackageIsNullMarkedAndExplained() {
    classes().should(LIVE_IN_A_MARKED_PACKAGE).check(all);
  }

  private static final ArchCondition<JavaClass> LIVE_IN_A_MARKED_PACKAGE =
      new ArchCondition<>("live in a package with a @NullMarked package-info") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          boolean marked =
              type.getPackage().tryGetPackageInfo().isPresent()
                  && type.getPackage().isAnnotatedWith(NullMarked.class);
          if (!marked) {
            events.add(SimpleConditionEvent.violated(type, type.getName() + " does not"));
          }
        }
      };

  private static ArchRule mayNotSee(String from, String... to) {
    return noClasses()
        .that()
        .resideInAPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .allowEmptyShould(true);
  }

  private static ArchRule namedOnlyIn(String library, String home) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(home)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }
}
