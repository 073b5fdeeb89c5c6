"""Addresses of signing in and of one's own account. Some names are the sign-in library's, which asks for them."""

from django.urls import path

from hubcraft.apps.people.pages import account, second_step, sign_in, tokens

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/", sign_in.sign_in, name="account_request_login_code"),
    path("sign-in/code/", sign_in.type_code, name="account_confirm_login_code"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("sign-out/everywhere/", account.sign_out_everywhere, name="sign-out-everywhere"),
    path("account/", account.account, name="account"),
    path("account/devices/<str:handle>/removal/", account.sign_out_device, name="sign-out-device"),
    path("account/tokens/<str:token_id>/removal/", tokens.revoke_token, name="token-removal"),
    path("welcome/<str:key>/", account.welcome, name="welcome"),
]

urlpatterns += [
    path("sign-in/second-step/", second_step.show_second_step, name="mfa_authenticate"),
    path("sign-in/passkey/", second_step.sign_in_with_passkey, name="mfa_login_webauthn"),
    path("account/second-step/", second_step.second_step, name="mfa_index"),
    path("account/again/", second_step.show_again, name="mfa_reauthenticate"),
    path("account/again/", second_step.show_again, name="mfa_reauthenticate_webauthn"),
    path("account/passkeys/", second_step.add_passkey, name="mfa_add_webauthn"),
    path("account/passkeys/<str:handle>/removal/", second_step.remove_passkey, name="passkey-removal"),
    path("account/app/", second_step.set_up_app, name="mfa_activate_totp"),
    path("account/app/removal/", second_step.remove_app, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", second_step.recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", second_step.new_recovery_codes, name="mfa_generate_recovery_codes"),
]
