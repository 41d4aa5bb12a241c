package dev.argosy.agent.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import dev.argosy.agent.runtime.spi.ImageStore;
import dev.argosy.agent.runtime.spi.RuntimeFailure;
import dev.argosy.agent.runtime.spi.RuntimeFailure.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Docker's images. */
final class DockerImages implements ImageStore {

  private final DockerClient docker;

  DockerImages(DockerClient docker) {
    this.docker = docker;
  }

  @Override
  public Optional<Image> find(String reference) throws RuntimeFailure {
    try {
      return Optional.of(image(DockerCalls.call(() -> docker.inspectImageCmd(reference).exec())));
    } catch (RuntimeFailure e) {
      if (e.kind() == Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Override
  public Image pull(String reference, @Nullable Credentials credentials) throws RuntimeFailure {
    PullImageCmd pull = docker.pullImageCmd(withTag(reference));
    if (credentials != null) {
      pull.withAuthConfig(
          new AuthConfig()
              .withUsername(credentials.user())
              .withPassword(credentials.password())
              .withRegistryAddress(credentials.registry()));
    }
    try {
      pull.exec(new PullImageResultCallback()).awaitCompletion();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RuntimeFailure(Kind.REFUSED, "pull of " + reference + " was interrupted");
    } catch (RuntimeException e) {
      throw DockerCalls.failure(e);
    }
    return find(reference)
        .orElseThrow(() ->
            new RuntimeFailure(
                Kind.REFUSED, "image " + reference + " is not there after its pull"));
  }

  /** Without a tag Docker would pull all of them. */
  static String withTag(String reference) {
    boolean tagged =
        reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
    return tagged ? reference : reference + ":latest";
  }

  @Override
  public List<Image> list() throws RuntimeFailure {
    List<Image> images = new ArrayList<>();
    for (var one : DockerCalls.call(() -> docker.listImagesCmd().exec())) {
      List<String> names = new ArrayList<>();
      add(names, one.getRepoTags());
      add(names, one.getRepoDigests());
      images.add(new Image(one.getId(), names, one.getSize(), ""));
    }
    return images;
  }

  private static void add(List<String> names, String @Nullable [] more) {
    if (more != null) {
      Arrays.stream(more).filter(n -> !n.contains("<none>")).forEach(names::add);
    }
  }

  @Override
  public Image load(String reference, InputStream rootTar) throws RuntimeFailure {
    byte[] archive;
    try {
      archive = DockerArchive.of(reference, "amd64", rootTar.readAllBytes());
    } catch (IOException e) {
      throw new RuntimeFailure(Kind.REFUSED, "cannot read image " + reference + ": " + e);
    }
    DockerCalls.call(() -> docker.loadImageCmd(new ByteArrayInputStream(archive)).exec());
    return find(reference)
        .orElseThrow(() -> new RuntimeFailure(Kind.REFUSED, "image " + reference + " not loaded"));
  }

  @Override
  public void unpack(String id, Path folder) throws RuntimeFailure {
    DockerUnpacking.unpack(docker, id, folder);
  }

  @Override
  public void remove(String reference) throws RuntimeFailure {
    DockerCalls.callIdempotent(() -> docker.removeImageCmd(reference).exec());
  }

  private static Image image(InspectImageResponse image) {
    List<String> names = new ArrayList<>();
    if (image.getRepoTags() != null) {
      names.addAll(image.getRepoTags());
    }
    if (image.getRepoDigests() != null) {
      names.addAll(image.getRepoDigests());
    }
    String user = image.getConfig() == null ? null : image.getConfig().getUser();
    Long size = image.getSize();
    return new Image(
        String.valueOf(image.getId()), names, size == null ? 0 : size, user == null ? "" : user);
  }
}
