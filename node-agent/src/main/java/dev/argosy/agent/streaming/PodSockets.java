package dev.argosy.agent.streaming;

import dev.argosy.agent.network.namespace.NetworkNamespace;
import dev.argosy.agent.pod.running.RunningPod;
import dev.argosy.agent.runtime.spi.Sandbox;
import dev.argosy.model.status.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Connects to ports inside a pod's network namespace. A socket belongs to the namespace of the
 * thread that made it, whoever uses it afterwards; so each is made by a short-lived platform thread
 * that has entered the namespace and never comes back.
 */
final class PodSockets {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final NetworkNamespace namespace = new NetworkNamespace();

  /** Connects to the port on the pod's loopback address, IPv4 first. */
  Socket connect(RunningPod pod, int port) throws IOException {
    String path =
        pod.sandbox()
            .flatMap(Sandbox::netns)
            .orElseThrow(
                () -> PodStreams.refusal(Reason.BAD_REQUEST, "the pod's sandbox does not run"));
    CompletableFuture<Socket> made = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("pod-socket").start(() -> make(path, port, made));
    try {
      return made.join();
    } catch (CompletionException e) {
      throw PodStreams.refusal(Reason.SERVICE_UNAVAILABLE, String.valueOf(e.getCause()));
    }
  }

  private void make(String path, int port, CompletableFuture<Socket> made) {
    try {
      namespace.enter(path);
      made.complete(connectLocally(port));
    } catch (IOException | RuntimeException e) {
      made.completeExceptionally(e);
    }
  }

  private static Socket connectLocally(int port) throws IOException {
    IOException first;
    try {
      return connect(new byte[] {127, 0, 0, 1}, port);
    } catch (IOException e) {
      first = e;
    }
    try {
      byte[] loopback6 = new byte[16];
      loopback6[15] = 1;
      return connect(loopback6, port);
    } catch (IOException e) {
      throw first;
    }
  }

  private static Socket connect(byte[] address, int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getByAddress(address), port), TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
