package dev.argosy.server.stream;

import dev.argosy.model.object.Json;
import dev.argosy.model.status.Reason;
import dev.argosy.model.status.Status;
import dev.argosy.model.tunnel.ChannelMessage;
import dev.argosy.model.tunnel.TunnelStream;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The node's side of a running command. */
final class NodeCommand {

  /** Takes what the command says. */
  @FunctionalInterface
  interface Output {
    void take(int channel, byte[] payload) throws IOException;
  }

  private final TunnelStream node;
  private final SessionTap tap;

  NodeCommand(TunnelStream node, SessionTap tap) {
    this.node = node;
    this.tap = tap;
  }

  /** The way to the node; closing it ends the command. */
  TunnelStream tunnel() {
    return node;
  }

  /** The conversation is over, whoever ended it. */
  void over() {
    tap.ended(lost("the client left"));
  }

  void send(int channel, byte[] payload) throws IOException {
    if (channel == ChannelMessage.RESIZE) {
      tap.resized(payload);
    }
    new ChannelMessage(channel, payload).writeTo(node.output());
  }

  /** No more comes on this channel. */
  void end(int channel) throws IOException {
    ChannelMessage.closing(channel).writeTo(node.output());
  }

  /** Hands all output on until the command ends; returns the outcome, a {@code Status} as JSON. */
  byte[] pump(Output client) throws IOException {
    byte[] outcome = outcome(client);
    tap.ended(outcome);
    return outcome;
  }

  private byte[] outcome(Output client) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(node.input()));
    try {
      Optional<ChannelMessage> message = ChannelMessage.readFrom(in);
      while (message.isPresent()) {
        if (message.get().channel() == ChannelMessage.ERROR) {
          return message.get().payload();
        }
        tap.output(message.get().payload());
        client.take(message.get().channel(), message.get().payload());
        message = ChannelMessage.readFrom(in);
      }
      return lost("the node ended the stream");
    } catch (dev.argosy.model.tunnel.TunnelException e) {
      return lost(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] lost(String why) {
    Status status = Status.of(Reason.INTERNAL_ERROR, "lost the connection to the node: " + why);
    return Json.mapper().writeValueAsBytes(status.toJson());
  }

  /** The text of a failure for old clients; empty for success. */
  static String textOf(byte[] outcome) {
    try {
      var status = Json.parse(outcome);
      return "Success".equals(status.path("status").asString(""))
          ? ""
          : status.path("message").asString("");
    } catch (JacksonException e) {
      return "";
    }
  }
}
