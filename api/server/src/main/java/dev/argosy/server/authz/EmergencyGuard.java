package dev.argosy.server.authz;

import dev.argosy.model.status.Status;
import dev.argosy.server.access.Attributes;
import dev.argosy.server.admission.AdmissionRequest;
import dev.argosy.server.admission.AdmissionRequest.Target;
import dev.argosy.server.admission.AdmissionStep;
import dev.argosy.server.admission.Operation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Credentials are not made by breaking the glass: they would authenticate when it is over. These
 * are tokens of service accounts in all forms, and what is signed as a client's certificate. An
 * access token of one's own has at no time more than oneself.
 */
public final class EmergencyGuard implements AdmissionStep {

  private static final Set<Operation> WRITES = Set.of(Operation.CREATE, Operation.UPDATE);
  private static final String OF_ACCOUNT = "kubernetes.io/service-account-token";

  private final Emergencies emergencies;

  public EmergencyGuard(Emergencies emergencies) {
    this.emergencies = emergencies;
  }

  @Override
  public void validate(AdmissionRequest request) {
    Target target = request.target();
    if (!WRITES.contains(request.operation())
        || !credential(request)
        || !emergencies.taking(request.user(), target.cluster())
        || mayAnyway(request)) {
      return;
    }
    throw Status.forbidden(
            target.type().groupResource(),
            target.name(),
            "what authenticates would outlive the break-glass by which it is made;"
                + " act as its owner instead, or have the tenant's administrators make it")
        .asException();
  }

  private static boolean credential(AdmissionRequest request) {
    Target target = request.target();
    boolean made = request.operation() == Operation.CREATE;
    return switch (target.type().groupResource().toString()) {
      case "accesstokens.access.argosy.dev" ->
          made && says(request, "/spec/subject/kind", "ServiceAccount");
      case "serviceaccounts" -> made && target.subresource().equals("token");
      case "certificatesigningrequests.certificates.k8s.io" -> true;
      case "secrets" -> made && says(request, "/type", OF_ACCOUNT);
      default -> false;
    };
  }

  private static boolean says(AdmissionRequest request, String field, String value) {
    ObjectNode object = request.object();
    return object != null && object.at(field).asString("").equals(value);
  }

  private boolean mayAnyway(AdmissionRequest request) {
    if (request.concerns("access.argosy.dev", "accesstokens")) {
      return emergencies.allowsLastingly(ofAccount(request));
    }
    List<String> verbs =
        request.operation() == Operation.CREATE ? List.of("create") : List.of("update", "patch");
    return verbs.stream().anyMatch(verb -> emergencies.allowsLastingly(asked(request, verb)));
  }

  /** To make an access token of an account takes the right to make that one's tokens. */
  private static Attributes ofAccount(AdmissionRequest request) {
    ObjectNode object = Objects.requireNonNull(request.object());
    String[] account = object.at("/spec/subject/name").asString("").split("/", 2);
    return new Attributes(
        request.user(),
        request.target().cluster(),
        "create",
        "",
        "v1",
        "serviceaccounts",
        "token",
        account[0],
        account[account.length - 1],
        "");
  }

  private static Attributes asked(AdmissionRequest request, String verb) {
    Target target = request.target();
    return new Attributes(
        request.user(),
        target.cluster(),
        verb,
        target.type().group(),
        target.type().version(),
        target.type().resource(),
        target.subresource(),
        target.namespace(),
        target.name(),
        "");
  }
}
