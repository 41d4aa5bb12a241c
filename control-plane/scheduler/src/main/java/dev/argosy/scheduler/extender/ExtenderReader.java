package dev.argosy.scheduler.extender;

import dev.argosy.scheduler.profile.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an extender of a file. */
public final class ExtenderReader {

  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
  private static final int MOST_WEIGHT = 1000;
  private static final Pattern TIME = Pattern.compile("(\\d{1,6})(ms|s|m)");

  private ExtenderReader() {}

  /**
   * What an entry says; empty if that is wrong, which is told to it.
   *
   * @param ignored to which resources are added that the scheduler itself is not to look at
   */
  public static Optional<Extender> read(Section entry, Set<String> ignored) {
    entry.known(
        "urlPrefix",
        "filterVerb",
        "preemptVerb",
        "prioritizeVerb",
        "weight",
        "bindVerb",
        "enableHTTPS",
        "tlsConfig",
        "httpTimeout",
        "nodeCacheCapable",
        "managedResources",
        "ignorable");
    Optional<URI> url = url(entry);
    Extender.Verbs verbs = verbs(entry);
    Tls tls = tls(entry.field("tlsConfig"));
    Duration timeout = timeout(entry);
    Set<String> managed = managed(entry, ignored);
    boolean caches = entry.flag("nodeCacheCapable");
    boolean ignorable = entry.flag("ignorable");
    return url.map(u -> new Extender(u, verbs, timeout, caches, managed, ignorable, tls));
  }

  private static Optional<URI> url(Section entry) {
    String text = entry.text("urlPrefix", "").replaceAll("/+$", "");
    boolean secure = entry.flag("enableHTTPS");
    try {
      URI url = URI.create(text);
      boolean https = "https".equals(url.getScheme());
      if (url.getHost() == null
          || !(https || "http".equals(url.getScheme()))
          || url.getUserInfo() != null
          || url.getQuery() != null
          || url.getFragment() != null) {
        entry.wrong("urlPrefix", "must be an http or https address without user and query");
      } else if (secure && !https) {
        entry.wrong("urlPrefix", "must be https with enableHTTPS");
      } else {
        return Optional.of(url);
      }
    } catch (IllegalArgumentException e) {
      entry.wrong("urlPrefix", "is no address");
    }
    return Optional.empty();
  }

  private static Extender.Verbs verbs(Section entry) {
    Optional<String> prioritize = verb(entry, "prioritizeVerb");
    int weight = entry.number("weight", 0, 0, MOST_WEIGHT);
    if (prioritize.isPresent() && weight == 0) {
      entry.wrong("weight", "must be at least 1 with prioritizeVerb");
    }
    return new Extender.Verbs(
        verb(entry, "filterVerb"),
        prioritize,
        verb(entry, "preemptVerb"),
        verb(entry, "bindVerb"),
        weight);
  }

  private static Optional<String> verb(Section entry, String field) {
    String verb = entry.text(field, "");
    if (!verb.matches("[A-Za-z0-9._~/-]*")) {
      entry.wrong(field, "must be a part of an address");
      return Optional.empty();
    }
    return verb.isEmpty() ? Optional.empty() : Optional.of(verb);
  }

  private static Duration timeout(Section entry) {
    String text = entry.text("httpTimeout", "");
    if (text.isEmpty()) {
      return USUAL_TIMEOUT;
    }
    Matcher time = TIME.matcher(text);
    if (time.matches()) {
      long amount = Long.parseLong(time.group(1));
      Duration read =
          switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            default -> Duration.ofMinutes(amount);
          };
      if (read.compareTo(LONGEST_TIMEOUT) <= 0 && !read.isZero()) {
        return read;
      }
    }
    entry.wrong("httpTimeout", "must be a time such as 200ms or 5s, at most 60s");
    return USUAL_TIMEOUT;
  }

  private static Set<String> managed(Section entry, Set<String> ignored) {
    Set<String> managed = new HashSet<>();
    for (Section resource : entry.list("managedResources")) {
      resource.known("name", "ignoredByScheduler");
      String name = resource.text("name", "");
      if (!name.contains("/")) {
        resource.wrong("name", "must be an extended resource, such as example.com/gpu");
      }
      managed.add(name);
      if (resource.flag("ignoredByScheduler")) {
        ignored.add(name);
      }
    }
    return managed;
  }

  private static Tls tls(Section tls) {
    tls.known(
        "insecure", "serverName", "certFile", "keyFile", "caFile", "certData", "keyData", "caData");
    if (tls.flag("insecure")) {
      tls.wrong("insecure", "is not served: name the authority in caFile or caData");
    }
    if (!tls.text("serverName", "").isEmpty()) {
      tls.wrong("serverName", "is not served: the certificate must be of the host in urlPrefix");
    }
    String authorities = pem(tls, "ca");
    String certificate = pem(tls, "cert");
    String key = pem(tls, "key");
    if (certificate.isEmpty() != key.isEmpty()) {
      tls.wrong("a certificate needs its key, and a key its certificate");
      return Tls.DEFAULT;
    }
    if (authorities.isEmpty() && certificate.isEmpty()) {
      return Tls.DEFAULT;
    }
    try {
      return Tls.of(authorities, certificate, key);
    } catch (GeneralSecurityException e) {
      tls.wrong("cannot be used: " + e.getMessage());
      return Tls.DEFAULT;
    }
  }

  /** What a file or the field beside it holds, which goes over the file. */
  private static String pem(Section tls, String what) {
    String data = tls.text(what + "Data", "");
    String file = tls.text(what + "File", "");
    try {
      if (!data.isEmpty()) {
        return new String(Base64.getMimeDecoder().decode(data), StandardCharsets.US_ASCII);
      }
      return file.isEmpty() ? "" : Files.readString(Path.of(file));
    } catch (IOException e) {
      tls.wrong(what + "File", "cannot be read");
    } catch (IllegalArgumentException e) {
      tls.wrong(
          what + (data.isEmpty() ? "File" : "Data"),
          "must be " + (data.isEmpty() ? "a path" : "base64"));
    }
    return "";
  }
}
