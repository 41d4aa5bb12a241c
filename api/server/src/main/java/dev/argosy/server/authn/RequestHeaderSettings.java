package dev.argosy.server.authn;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proxies that authenticate users themselves and say so in headers. Keys below {@code
 * argosy.request-header.}; without {@code ca} no header is believed.
 *
 * @param ca PEM certificates that sign the proxies' client certificates, and nobody else's ({@code
 *     ca})
 * @param allowedNames common names of these; empty: all ({@code allowed-names})
 * @param userHeaders ({@code username-headers}; X-Remote-User)
 * @param uidHeaders ({@code uid-headers}; X-Remote-Uid)
 * @param groupHeaders ({@code group-headers}; X-Remote-Group)
 * @param extraPrefixes ({@code extra-headers-prefix}; X-Remote-Extra-)
 */
public record RequestHeaderSettings(
    Path ca,
    List<String> allowedNames,
    List<String> userHeaders,
    List<String> uidHeaders,
    List<String> groupHeaders,
    List<String> extraPrefixes) {

  private static final String PREFIX = "argosy.request-header.";

  public RequestHeaderSettings {
    allowedNames = List.copyOf(allowedNames);
    userHeaders = List.copyOf(userHeaders);
    uidHeaders = List.copyOf(uidHeaders);
    groupHeaders = List.copyOf(groupHeaders);
    extraPrefixes = List.copyOf(extraPrefixes);
  }

  /** Reads the documented keys; empty if no header is to be believed. */
  public static Optional<RequestHeaderSettings> of(Map<String, String> settings) {
    String ca = settings.getOrDefault(PREFIX + "ca", "");
    return ca.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RequestHeaderSettings(
                Path.of(ca),
                list(settings, "allowed-names", ""),
                list(settings, "username-headers", "X-Remote-User"),
                list(settings, "uid-headers", "X-Remote-Uid"),
                list(settings, "group-headers", "X-Remote-Group"),
                list(settings, "extra-headers-prefix", "X-Remote-Extra-")));
  }

  private static List<String> list(Map<String, String> settings, String key, String byDefault) {
    return Arrays.stream(settings.getOrDefault(PREFIX + key, byDefault).split(","))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
