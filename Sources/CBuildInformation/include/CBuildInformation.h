#ifndef CBUILDINFORMATION_H
#define CBUILDINFORMATION_H

/// The commit that the package was built from, or "unknown" outside of a checkout.
const char *_Nonnull build_commit(void);

#endif
