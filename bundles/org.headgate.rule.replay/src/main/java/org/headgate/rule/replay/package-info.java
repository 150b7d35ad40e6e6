/**
 * Rules over a recording, outside of a gateway: the engine's own {@link org.headgate.rule.engine.RuleProgram} in the recording's time.
 * {@link Player} is the timeline, fed with rows; {@link RecordingReader} reads recordings; {@code headgate replay} ({@link Replay}) is both
 * behind options. Pure code without services; a player and a reader belong to one thread.
 */
@Export
@Version("1.0.0")
package org.headgate.rule.replay;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
