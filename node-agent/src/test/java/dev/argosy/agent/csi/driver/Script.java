package dev.argosy.agent.csi.driver;

import dev.argosy.agent.grpc.GrpcFailure;
import dev.argosy.agent.grpc.GrpcFailure.Code;
import dev.argosy.agent.grpc.GrpcServer.Method;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Which calls fail, and which there were. */
public final class Script {

  /**
   * When a call fails that shall.
   *
   * @param after whether it does its work first
   */
  private record Failure(GrpcFailure why, boolean after) {}

  /** One call. */
  public record Call(String method, Message request) {}

  private final Map<String, Deque<Failure>> failures = new ConcurrentHashMap<>();
  private final List<Call> calls = new CopyOnWriteArrayList<>();

  /** The next call of a method fails before anything is done. */
  public void fail(String method, Code code, String message) {
    next(method, new Failure(new GrpcFailure(code, message), false));
  }

  /** The next call of a method does its work, but nobody hears so. */
  public void failAfter(String method) {
    next(method, new Failure(new GrpcFailure(Code.DEADLINE_EXCEEDED, "no answer"), true));
  }

  private void next(String method, Failure failure) {
    failures.computeIfAbsent(method, _ -> new ArrayDeque<>()).add(failure);
  }

  /** The names of all calls, in their order. */
  public List<String> methods() {
    return calls.stream().map(Call::method).toList();
  }

  /** The last request of a method. */
  public Message last(String method) {
    return calls.reversed().stream()
        .filter(call -> call.method().equals(method))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + method + " among " + methods()))
        .request();
  }

  public void forget() {
    calls.clear();
  }

  Method played(String name, Unary method) {
    return (Unary)
        request -> {
          calls.add(new Call(name, request));
          Deque<Failure> due = failures.getOrDefault(name, new ArrayDeque<>());
          Failure failure = due.poll();
          if (failure != null && !failure.after()) {
            throw failure.why();
          }
          var answer = method.answer(request);
          if (failure != null) {
            throw failure.why();
          }
          return answer;
        };
  }
}
