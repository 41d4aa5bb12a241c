package dev.argosy.e2e.matrix;

import dev.argosy.e2e.Kubectl;
import dev.argosy.e2e.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * One part of the API's contract, as a list of named operations with the clients that do them. An
 * operation that several clients have bears the same name in each, so it is one row of the matrix.
 */
final class Part {

  /** What a client does in a place that is its own. */
  @FunctionalInterface
  interface Operation<P> {
    void run(P place) throws Exception;
  }

  private final String name;
  private final List<DynamicTest> tests = new ArrayList<>();

  Part(String name) {
    this.name = name;
  }

  Stream<DynamicTest> tests() {
    return tests.stream();
  }

  Part kubectl(String operation, Operation<Space> body) {
    return kubectlSince(20, operation, body);
  }

  /** For what kubectl has learned in 1.{@code minor}. */
  Part kubectlSince(int minor, String operation, Operation<Space> body) {
    for (String version : Kubectl.versions()) {
      if (Integer.parseInt(version.substring(2)) >= minor) {
        add(
            new Cell(name, operation, "kubectl", version),
            (tenant, namespace) ->
                body.run(new Space(Kubectl.of(version, tenant.kubeconfig()), namespace)));
      }
    }
    return this;
  }

  Part fabric8(String operation, Operation<Fabric8> body) {
    return add(
        new Cell(name, operation, "fabric8", Fabric8.VERSION),
        (tenant, namespace) -> {
          try (Fabric8 place = Fabric8.open(tenant, namespace)) {
            body.run(place);
          }
        });
  }

  Part java(String operation, Operation<OfficialJava> body) {
    return add(
        new Cell(name, operation, "Java", OfficialJava.VERSION),
        (tenant, namespace) -> body.run(OfficialJava.open(tenant, namespace)));
  }

  /** An operation of the script of that language that bears the operation's name. */
  Part script(Script script, String... operations) {
    for (String operation : operations) {
      add(
          new Cell(name, operation, script.client(), script.version()),
          (tenant, namespace) -> script.run(operation, tenant, namespace));
    }
    return this;
  }

  /** What a program does whose engine is not at hand: its own sequence of requests. */
  Part sequence(String program, String operation, AtOnce.Work work) {
    return add(new Cell(name, operation, program, "HTTP"), work);
  }

  private Part add(Cell cell, AtOnce.Work work) {
    tests.add(
        DynamicTest.dynamicTest(
            cell.toString(),
            () ->
                Outcomes.note(
                    cell.part(),
                    cell.operation(),
                    cell.client(),
                    cell.version(),
                    () -> AtOnce.inBothTenants(work))));
    return this;
  }
}
