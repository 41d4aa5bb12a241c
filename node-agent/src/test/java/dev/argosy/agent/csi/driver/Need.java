package dev.argosy.agent.csi.driver;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.Message;

/** What a request must have. */
final class Need {

  private Need() {}

  static String text(Message request, int number, String name) throws GrpcFailure {
    String text = request.text(number);
    if (text.isEmpty()) {
      throw new GrpcFailure(Code.INVALID_ARGUMENT, name + " is missing");
    }
    return text;
  }

  /** A capability says how the volume is accessed, and by whom. */
  static Message capability(Message request, int number) throws GrpcFailure {
    Message one =
        request
            .present(number)
            .orElseThrow(
                () -> new GrpcFailure(Code.INVALID_ARGUMENT, "volume capability is missing"));
    check(one);
    return one;
  }

  static void capabilities(Message request, int number) throws GrpcFailure {
    if (request.messages(number).isEmpty()) {
      throw new GrpcFailure(Code.INVALID_ARGUMENT, "volume capabilities are missing");
    }
    for (Message one : request.messages(number)) {
      check(one);
    }
  }

  private static void check(Message capability) throws GrpcFailure {
    boolean access = capability.present(1).isPresent() || capability.present(2).isPresent();
    if (!access || capability.message(3).number(1) == 0) {
      throw new GrpcFailure(Code.INVALID_ARGUMENT, "a capability has an access type and a mode");
    }
  }
}
