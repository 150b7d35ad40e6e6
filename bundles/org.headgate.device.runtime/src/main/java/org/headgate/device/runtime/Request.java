package org.headgate.device.runtime;

import java.util.List;
import org.headgate.device.api.Channel;

/**
 * Channels that are read together.
 *
 * @param channels as the driver sees them
 * @param columns the column of each
 */
record Request(List<Channel> channels, int[] columns) {}
