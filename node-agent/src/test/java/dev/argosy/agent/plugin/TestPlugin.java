package dev.argosy.agent.plugin;

import dev.argosy.agent.grpc.GrpcServer;
import dev.argosy.agent.grpc.GrpcServer.Unary;
import dev.argosy.agent.grpc.MessageBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A plug-in's registration, at a socket of the folder. */
public final class TestPlugin implements AutoCloseable {

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final GrpcServer server;

  public TestPlugin(Path socket, String type, String name, Path endpoint) throws IOException {
    Unary info =
        _ ->
            new MessageBuilder()
                .text(1, type)
                .text(2, name)
                .text(3, endpoint.toString())
                .texts(4, List.of("1.0.0"));
    Unary notify =
        request -> {
          told.add(request.flag(1) ? "taken" : request.text(2));
          return new MessageBuilder();
        };
    this.server =
        new GrpcServer(
            socket,
            "pluginregistration.Registration",
            Map.of("GetInfo", info, "NotifyRegistrationStatus", notify));
  }

  /** What it was told, oldest first. */
  public List<String> told() {
    return told;
  }

  @Override
  public void close() {
    server.close();
  }
}
