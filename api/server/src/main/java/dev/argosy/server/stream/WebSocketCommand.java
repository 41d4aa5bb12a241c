package dev.argosy.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.StdStreams;
import dev.argosy.model.tunnel.TunnelStream;
import dev.argosy.server.upgrade.WebSocketConnection;
import java.io.IOException;
import java.util.Optional;

/** A command whose client speaks WebSocket. */
final class WebSocketCommand {

  private final WebSocketConnection socket;
  private final CommandDialect dialect;
  private final StdStreams streams;
  private final TunnelStream tunnel;
  private final NodeCommand node;

  WebSocketCommand(
      WebSocketConnection socket, CommandDialect dialect, StdStreams streams, NodeCommand node) {
    this.socket = socket;
    this.dialect = dialect;
    this.streams = streams;
    this.tunnel = node.tunnel();
    this.node = node;
  }

  void run() throws IOException {
    try (tunnel;
        Heartbeat heartbeat = Heartbeat.start(socket::ping)) {
      greet();
      Thread.ofVirtual().name("exec-output").start(this::sendOutput);
      Optional<byte[]> message = socket.read();
      while (message.isPresent()) {
        receive(message.get());
        message = socket.read();
      }
    } finally {
      node.over();
    }
  }

  /** An empty message tells old clients that the conversation is on. */
  private void greet() throws IOException {
    int channel = ChannelMessage.ERROR;
    if (streams.stdout()) {
      channel = ChannelMessage.STDOUT;
    } else if (streams.stderr()) {
      channel = ChannelMessage.STDERR;
    }
    dialect.send(socket, channel, new byte[0]);
  }

  private void sendOutput() {
    try {
      finish(node.pump((channel, payload) -> dialect.send(socket, channel, payload)));
    } catch (IOException e) {
      socket.abort();
    }
  }

  private void finish(byte[] outcome) throws IOException {
    byte[] said = dialect.statusAsJson() ? outcome : NodeCommand.textOf(outcome).getBytes(UTF_8);
    if (said.length > 0) {
      dialect.send(socket, ChannelMessage.ERROR, said);
    }
    socket.close();
  }

  /** What comes after the command's end, or on channels that were not asked for, is dropped. */
  private void receive(byte[] message) throws IOException {
    int channel = dialect.channel(message).orElse(-1);
    byte[] payload = channel < 0 ? message : dialect.payload(message);
    try {
      switch (channel) {
        case ChannelMessage.STDIN -> sendInput(payload);
        case ChannelMessage.RESIZE -> node.send(ChannelMessage.RESIZE, payload);
        case ChannelMessage.CLOSE -> closeChannel(payload);
        default -> {}
      }
    } catch (dev.argosy.model.tunnel.TunnelException e) {
      // the command has ended; the client is told by the other direction
    }
  }

  private void sendInput(byte[] payload) throws IOException {
    if (streams.stdin()) {
      node.send(ChannelMessage.STDIN, payload);
    }
  }

  private void closeChannel(byte[] payload) throws IOException {
    if (payload.length == 1 && payload[0] == ChannelMessage.STDIN) {
      node.end(ChannelMessage.STDIN);
    }
  }
}
