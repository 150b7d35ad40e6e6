/** The durable outbox and what others keep messages in, beside each other on the same disk. */
package org.headgate.bench.outbox;
