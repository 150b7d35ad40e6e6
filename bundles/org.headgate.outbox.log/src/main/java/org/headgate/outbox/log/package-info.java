/** The outbox on disk: segments of checksummed batch records, group commit, recovery after power cuts. */
package org.headgate.outbox.log;
