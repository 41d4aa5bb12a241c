package dev.argosy.e2e.matrix;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the version of a library by the name of its file. */
public final class Jar {

  private static final Pattern VERSION = Pattern.compile("-(\\d[\\w.]*)\\.jar$");

  private Jar() {}

  public static String version(Class<?> of) {
    URI place = URI.create(of.getProtectionDomain().getCodeSource().getLocation().toString());
    Matcher matcher = VERSION.matcher(place.getPath());
    return matcher.find() ? matcher.group(1) : "unknown";
  }
}
