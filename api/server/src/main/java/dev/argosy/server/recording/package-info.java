/**
 * Sessions in containers, recorded as asciicast v2: what was on the screen, when, under the real
 * user. Whether that is done is said by tenants and namespaces ({@code RecordingRules}). A session
 * hands over what it shows and never waits ({@code SessionRecording}); one thread per recorded
 * session writes it. Listed as objects ({@code ExecRecordings}), replayed from a path ({@code
 * Replay}).
 */
@NullMarked
package dev.argosy.server.recording;

import org.jspecify.annotations.NullMarked;
