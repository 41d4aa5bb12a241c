package dev.argosy.console.login;

import dev.argosy.console.ConsoleServices;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets logged-in browsers through, sends page loads of others to the provider, and answers 401 to
 * everything else of theirs.
 */
public final class LoginFilter extends HttpFilter {

  static final String CALLBACK = "/login/callback";
  private static final String LOGOUT = "/logout";
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(LoginFilter.class);

  private final transient OidcProvider provider;
  private final transient Clock clock;

  public LoginFilter(ConsoleServices services) {
    this(new OidcProvider(services.login().oidc(), services.clock()), services.clock());
  }

  LoginFilter(OidcProvider provider, Clock clock) {
    this.provider = provider;
    this.clock = clock;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    try {
      switch (path) {
        case CALLBACK -> callback(request, response);
        case LOGOUT -> logout(request, response);
        default -> {
          if (loggedIn(request)) {
            chain.doFilter(request, response);
          } else {
            login(request, response, path);
          }
        }
      }
    } catch (LoginFailedException e) {
      LOG.warn("log-in failed: {}", e.getMessage());
      explain(response, String.valueOf(e.getMessage()));
    }
  }

  private boolean loggedIn(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    Login login = session == null ? null : (Login) session.getAttribute(Login.ATTRIBUTE);
    if (session == null || login == null) {
      return false;
    }
    return clock.instant().isBefore(login.expiry()) || refreshed(session, login);
  }

  private boolean refreshed(HttpSession session, Login login) {
    synchronized (session) {
      Login now = (Login) session.getAttribute(Login.ATTRIBUTE);
      if (now != null && !now.equals(login)) {
        return true;
      }
      try {
        session.setAttribute(Login.ATTRIBUTE, provider.refresh(login));
        return true;
      } catch (LoginFailedException e) {
        LOG.info("session of {} ended: {}", login.user().name(), e.getMessage());
        session.invalidate();
        return false;
      }
    }
  }

  private void login(HttpServletRequest request, HttpServletResponse response, String path)
      throws IOException, LoginFailedException {
    if (!isPageLoad(request)) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    String query = request.getQueryString();
    LoginAttempt attempt = LoginAttempt.to(query == null ? path : path + "?" + query);
    URI url = provider.loginUrl(attempt);
    HttpSession session = request.getSession(true);
    synchronized (session) {
      session.setAttribute(LoginAttempts.ATTRIBUTE, attempts(session).with(attempt));
    }
    response.sendRedirect(url.toString());
  }

  private static boolean isPageLoad(HttpServletRequest request) {
    @Nullable String accept = request.getHeader("Accept");
    return request.getMethod().equals("GET")
        && request.getParameter("v-r") == null
        && accept != null
        && accept.contains("text/html");
  }

  private void callback(HttpServletRequest request, HttpServletResponse response)
      throws IOException, LoginFailedException {
    HttpSession session = request.getSession(false);
    Optional<LoginAttempt> begun = session == null ? Optional.empty() : take(request, session);
    if (session == null || begun.isEmpty()) {
      // of another session, or too old: whoever is not logged in begins anew
      response.sendRedirect(request.getContextPath() + "/");
      return;
    }
    LoginAttempt attempt = begun.get();
    URI answer = URI.create(request.getRequestURL() + "?" + request.getQueryString());
    Login login = provider.complete(attempt, answer);
    request.changeSessionId();
    session.setAttribute(Login.ATTRIBUTE, login);
    LOG.info("{} logged in", login.user().name());
    response.sendRedirect(request.getContextPath() + attempt.target());
  }

  /** The log-in that this is the answer to; each is answered once. */
  private static Optional<LoginAttempt> take(HttpServletRequest request, HttpSession session) {
    synchronized (session) {
      LoginAttempts attempts = attempts(session);
      Optional<LoginAttempt> begun = attempts.of(request.getParameter("state"));
      begun.ifPresent(
          attempt -> session.setAttribute(LoginAttempts.ATTRIBUTE, attempts.without(attempt)));
      return begun;
    }
  }

  private static LoginAttempts attempts(HttpSession session) {
    return session.getAttribute(LoginAttempts.ATTRIBUTE) instanceof LoginAttempts attempts
        ? attempts
        : LoginAttempts.NONE;
  }

  private void logout(HttpServletRequest request, HttpServletResponse response)
      throws IOException, LoginFailedException {
    HttpSession session = request.getSession(false);
    Login login = session == null ? null : (Login) session.getAttribute(Login.ATTRIBUTE);
    if (session != null) {
      session.invalidate();
    }
    response.sendRedirect(
        login == null ? request.getContextPath() + "/" : provider.logoutUrl(login).toString());
  }

  private static void explain(HttpServletResponse response, String message) throws IOException {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("text/html");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    String safe = message.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    response
        .getWriter()
        .write(
            "<!doctype html><title>Argosy</title><h1>Log-in failed</h1><p>"
                + safe
                + "</p><p><a href=\"./\">Try again</a></p>");
  }
}
