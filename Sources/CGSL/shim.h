// What Swift needs of GSL. GSL's method tables are mutable C globals, which Swift 6 refuses to read;
// the inline accessors below hand them out as constants.
#ifndef CGSL_SHIM_H
#define CGSL_SHIM_H

#include <gsl/gsl_blas.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_interp.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_matrix.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <gsl/gsl_multilarge_nlinear.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_statistics_double.h>
#include <gsl/gsl_vector.h>
#include <gsl/gsl_version.h>

static inline const gsl_multifit_nlinear_type *cgsl_multifit_trust(void) {
  return gsl_multifit_nlinear_trust;
}
static inline const gsl_multifit_nlinear_trs *cgsl_multifit_lm(void) {
  return gsl_multifit_nlinear_trs_lm;
}
static inline const gsl_multifit_nlinear_solver *cgsl_multifit_qr(void) {
  return gsl_multifit_nlinear_solver_qr;
}
static inline const gsl_multifit_nlinear_scale *cgsl_multifit_scale_more(void) {
  return gsl_multifit_nlinear_scale_more;
}
static inline const gsl_multilarge_nlinear_type *cgsl_multilarge_trust(void) {
  return gsl_multilarge_nlinear_trust;
}
static inline const gsl_multilarge_nlinear_trs *cgsl_multilarge_lm(void) {
  return gsl_multilarge_nlinear_trs_lm;
}
static inline const gsl_multilarge_nlinear_solver *cgsl_multilarge_cholesky(void) {
  return gsl_multilarge_nlinear_solver_cholesky;
}
static inline const gsl_multilarge_nlinear_scale *cgsl_multilarge_scale_more(void) {
  return gsl_multilarge_nlinear_scale_more;
}
static inline const gsl_multilarge_nlinear_scale *cgsl_multilarge_scale_marquardt(void) {
  return gsl_multilarge_nlinear_scale_marquardt;
}
static inline const gsl_qrng_type *cgsl_qrng_sobol(void) { return gsl_qrng_sobol; }
static inline const gsl_min_fminimizer_type *cgsl_min_brent(void) {
  return gsl_min_fminimizer_brent;
}
static inline const gsl_root_fsolver_type *cgsl_root_brent(void) { return gsl_root_fsolver_brent; }
static inline const gsl_interp_type *cgsl_interp_akima(void) { return gsl_interp_akima; }

#endif
