package dev.argosy.server.answer;

import jakarta.servlet.http.HttpServletResponse;

/**
 * Who is answered.
 *
 * @param takesGzip whether the client takes a compressed answer
 * @param pace how fast a long answer goes out
 */
public record Recipient(HttpServletResponse response, boolean takesGzip, Pace pace) {}
