/** The history: rows of chosen streams on disk, in segments of blocks that can each be read alone. */
package org.headgate.history;
