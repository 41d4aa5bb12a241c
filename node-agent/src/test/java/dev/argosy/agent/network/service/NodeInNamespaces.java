package dev.argosy.agent.network.service;

import dev.argosy.agent.network.namespace.NetworkNamespace;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * A node (10.0.0.1) and two pods (10.244.1.2 and .3), each a network namespace of its own; in each
 * pod a server on port 8080 that says its address and the client's.
 */
public final class NodeInNamespaces implements AutoCloseable {

  public static final String NODE = "10.0.0.1";
  public static final String OUTSIDE = "192.0.2.7";
  public static final List<String> PODS = List.of("10.244.1.2", "10.244.1.3");

  private final String id = "argt" + ProcessHandle.current().pid() + "-";
  private final List<ServerSocket> servers = new ArrayList<>();

  public NodeInNamespaces() throws Exception {
    try {
      run("ip netns add %snode", id);
      inNode("ip link set lo up");
      inNode("ip addr add 10.0.0.1/32 dev lo");
      inNode("ip link add up0 type veth peer name up1");
      inNode("ip link set up0 up");
      inNode("ip link set up1 up");
      inNode("ip route add default dev up0");
      inNode("sysctl -qw net.ipv4.ip_forward=1");
      for (int i = 0; i < PODS.size(); i++) {
        addPod(i);
      }
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private void addPod(int i) throws Exception {
    String pod = PODS.get(i);
    run("ip netns add %sp%d", id, i);
    inNode("ip link add v%d type veth peer name eth0 netns %sp%d", i, id, i);
    inNode("ip addr add 169.254.1.1/32 dev v%d", i);
    inNode("ip link set v%d up", i);
    inNode("ip route add %s/32 dev v%d", pod, i);
    String inPod = "ip netns exec " + id + "p" + i + " ";
    run(inPod + "ip link set lo up");
    run(inPod + "ip addr add %s/32 dev eth0", pod);
    run(inPod + "ip link set eth0 up");
    run(inPod + "ip route add 169.254.1.1 dev eth0 scope link");
    run(inPod + "ip route add default via 169.254.1.1");
    ServerSocket server = in("p" + i, () -> new ServerSocket(8080));
    servers.add(server);
    Thread.ofVirtual().start(() -> greet(server, pod));
  }

  /** A machine beside the node, {@value #OUTSIDE}, from which {@code out} asks. */
  public void addOutside() throws Exception {
    run("ip netns add %sout", id);
    inNode("ip link add vout type veth peer name eth0 netns %sout", id);
    inNode("ip link set vout up");
    inNode("ip route add %s/32 dev vout", OUTSIDE);
    inNode("sysctl -qw net.ipv4.conf.vout.proxy_arp=1");
    String out = "ip netns exec " + id + "out ";
    run(out + "ip link set lo up");
    run(out + "ip addr add %s/24 dev eth0", OUTSIDE);
    run(out + "ip link set eth0 up");
    run(out + "ip route add default dev eth0");
  }

  private static void greet(ServerSocket server, String name) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        String text = name + " " + client.getInetAddress().getHostAddress();
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // closed, or a client that went away
      }
    }
  }

  public List<String> nft() {
    return List.of("ip", "netns", "exec", id + "node", "nft");
  }

  /** What the server says. */
  public String ask(String place, String address, int port) throws Exception {
    return in(
        place,
        () -> {
          try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), 3000);
            socket.setSoTimeout(3000);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          }
        });
  }

  private <T> T in(String place, Callable<T> work) throws Exception {
    FutureTask<T> task =
        new FutureTask<>(() -> {
          new NetworkNamespace().enter("/run/netns/" + id + place);
          return work.call();
        });
    Thread.ofPlatform().start(task);
    try {
      return task.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** Runs a command on the node. */
  public void inNode(String command, Object... values) throws Exception {
    run("ip netns exec " + id + "node " + command, values);
  }

  private static void run(String command, Object... values) throws Exception {
    Process process =
        new ProcessBuilder(command.formatted(values).split(" ")).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command.formatted(values) + ": " + said);
    }
  }

  @Override
  public void close() throws Exception {
    for (ServerSocket server : servers) {
      server.close();
    }
    for (String place : List.of("p0", "p1", "out", "node")) {
      new ProcessBuilder("ip", "netns", "del", id + place)
          .redirectErrorStream(true)
          .start()
          .waitFor();
    }
  }
}
