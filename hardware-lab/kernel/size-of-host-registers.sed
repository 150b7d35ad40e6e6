# For arch/x86/um/os-Linux/registers.c: processors with AMX have 11,008 bytes of registers, and their kernel takes them back only as a whole.
# (only lines of ours; the kernel source comes from Debian)
s/^int have_xstate_support;/int have_xstate_support;\
static unsigned long host_registers_bytes;/
/^int restore_fp_registers/,/^}/s/iov\.iov_len = FP_SIZE \* sizeof(unsigned long);/iov.iov_len = host_registers_bytes;/
s/^\t\thave_xstate_support = 1;/\t{ have_xstate_support = 1; host_registers_bytes = iov.iov_len; }/
