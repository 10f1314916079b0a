//! Codes, devices, accounts.

use domain::{Act, Refusal, Role, Verdict};
use wire::{Code, Hash};

use super::stores::worlds;
use super::world::World;
use crate::log::{NewDevice, Pairing, Visitor};
use crate::pairing::{GOOD_FOR, new_id};

async fn try_code(world: &World, code: &Code) -> Option<Visitor> {
    let device = NewDevice {
        id: new_id().unwrap(),
        name: "a desk".to_owned(),
        key_hash: Hash::of(b"key"),
    };
    world
        .log
        .pair(code.clone(), device, world.now())
        .await
        .unwrap()
}

/// Another code of the same finder.
fn wrong(code: &Code) -> Code {
    let end = if code.to_string().ends_with("ZZZZ") {
        "2222"
    } else {
        "ZZZZ"
    };
    format!("{}{end}", &code.to_string()[..5]).parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once_for_ten_minutes_and_five_tries() {
    for world in worlds().await {
        let account = world.account("Ann", Role::Curator, &[]).await;
        let open = async || {
            let (pairing, code) = Pairing::new(account.id, world.now()).unwrap();
            assert!(world.log.open_pairing(pairing, world.now()).await.unwrap());
            code
        };
        let code = open().await;
        for _ in 0..4 {
            assert!(try_code(&world, &wrong(&code)).await.is_none());
        }
        assert!(try_code(&world, &code).await.is_some());
        assert!(try_code(&world, &code).await.is_none(), "used twice");
        let code = open().await;
        for _ in 0..5 {
            assert!(try_code(&world, &wrong(&code)).await.is_none());
        }
        assert!(try_code(&world, &code).await.is_none(), "after five tries");
        let code = open().await;
        world.pass(GOOD_FOR);
        assert!(try_code(&world, &code).await.is_none(), "after ten minutes");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_taken_out_and_an_account_that_is_closed_write_no_more() {
    for world in worlds().await {
        let (mut ann, bob) = (world.curator("Ann").await, world.curator("Bob").await);
        let about = world.service(&mut ann, "A choir", &[]).await;
        assert!(world.log.revoke(bob.visitor.device.id).await.unwrap());
        assert!(
            world
                .log
                .visitor(bob.visitor.device.id)
                .await
                .unwrap()
                .is_none()
        );
        assert!(!world.log.revoke(new_id().unwrap()).await.unwrap());
        // What was on its way when the account was closed is refused.
        let flag = world.operation(
            &mut ann,
            about,
            1,
            Act::Flag {
                text: "x".to_owned(),
            },
        );
        world.take_in(&ann, &[flag]).await;
        let mut row = (*ann.visitor.account).clone();
        row.closed = true;
        world.log.put_account(row).await.unwrap();
        world.turn().await;
        assert!(matches!(
            world.verdict(&ann, 2).await,
            Verdict::Refused {
                code: Refusal::NotAllowed,
                ..
            }
        ));
        assert!(
            world
                .log
                .visitor(ann.visitor.device.id)
                .await
                .unwrap()
                .is_none()
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_accounts_have_two_names() {
    for world in worlds().await {
        let mut row = world.account("Ann", Role::Curator, &[]).await;
        row.id = new_id().unwrap();
        assert!(world.log.put_account(row).await.is_err());
    }
}
