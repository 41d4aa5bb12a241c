package dev.argosy.server.cel.library;

import dev.argosy.server.cel.eval.EvalError;
import dev.argosy.server.cel.eval.FunctionTable;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;

/**
 * {@code url(text)} and its parts.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library">
 *     Kubernetes: URL library</a>
 */
final class Urls implements Library {

  private static final CelType URL = OpaqueType.create("kubernetes.URL");

  @Override
  public void declare(Declarations declarations) {
    CelType text = SimpleType.STRING;
    declarations
        .function("url", "string_to_url", URL, text)
        .function("isURL", "is_url_string", SimpleType.BOOL, text)
        .method("getScheme", "url_get_scheme", text, URL)
        .method("getHost", "url_get_host", text, URL)
        .method("getHostname", "url_get_hostname", text, URL)
        .method("getPort", "url_get_port", text, URL)
        .method("getEscapedPath", "url_get_escaped_path", text, URL)
        .method("getQuery", "url_get_query", MapType.create(text, ListType.create(text)), URL);
  }

  @Override
  public void define(FunctionTable.Builder functions) {
    functions.costs(Costs.readingOf(0));
    functions.add("url", String.class, Urls::url);
    functions.add("isURL", String.class, text -> UrlValue.parse(text).isPresent());
    functions.costsOne();
    functions.add("getScheme", UrlValue.class, UrlValue::scheme);
    functions.add("getHost", UrlValue.class, UrlValue::host);
    functions.add("getHostname", UrlValue.class, UrlValue::hostname);
    functions.add("getPort", UrlValue.class, UrlValue::port);
    functions.add("getEscapedPath", UrlValue.class, UrlValue::escapedPath);
    functions.add("getQuery", UrlValue.class, UrlValue::query);
  }

  private static UrlValue url(String text) {
    return UrlValue.parse(text)
        .orElseThrow(() -> new EvalError("URL parse error during conversion from string: " + text));
  }
}
