/** The real clock, threads, randomness and files of this JVM: their only home. */
package org.headgate.system.jvm;
